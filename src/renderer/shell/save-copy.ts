import { call } from '../lib/bridge.ts';
import { chooseSavePath, projectFiles } from '../lib/desktop.ts';
import { fileName } from '../lib/format.ts';
import { useUi } from '../lib/ui-store.ts';

/** Asks for a name and writes the open project under it; the window stays with the original. */
export async function saveCopy(): Promise<void> {
  const { projectPath } = useUi.getState();
  if (!projectPath) return;
  const name = `${fileName(projectPath)} copy.stillroom`;
  const chosen = await chooseSavePath('Save a copy as', name, projectFiles);
  if (!chosen) return;
  const notice = await call('project.copy', { path: chosen }).then(
    ({ path, filesFolder }) =>
      filesFolder === null
        ? `A copy was saved as ${path}.`
        : `A copy was saved as ${path}. Its students are in the folder ${filesFolder} beside it: whoever takes the copy elsewhere takes both.`,
    (error: Error) => error.message,
  );
  useUi.setState({ notice });
}
