// The least that Electron can show: what any start takes before it is a program's own.
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({ show: false, width: 1280, height: 800 });
  window.once('ready-to-show', () => window.show());
  window.loadFile('index.html');
});
