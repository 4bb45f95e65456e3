import type { ElectronApplication } from 'playwright-core';

/** What the system's own dialogs answer from now on; null closes them. They are no part of the page, so tests answer. */
export async function answerDialogs(
  app: ElectronApplication,
  { save, open }: { readonly save?: string | null; readonly open?: string | null },
): Promise<void> {
  await app.evaluate(
    ({ dialog }, answers) => {
      const { save, open } = answers;
      if (save !== undefined)
        dialog.showSaveDialog = async () => ({ canceled: save === null, filePath: save ?? '' });
      if (open !== undefined)
        dialog.showOpenDialog = async () => ({
          canceled: open === null,
          filePaths: open === null ? [] : [open],
        });
    },
    { save, open },
  );
}
