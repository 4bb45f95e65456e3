// Loaded before the app (electron -r): holds it back until Playwright has attached and says to run, since a page
// that begins to load in between is lost to it.
const { app } = require('electron');

const whenReady = app.whenReady();
let release;
const held = new Promise((resolve) => {
  release = resolve;
});
app.whenReady = () => held;
globalThis.__playwright_run = async () => release(await whenReady);
