import { Button } from '@mantine/core';
import { chooseFolder } from '../../lib/desktop.ts';
import { folderName } from '../../lib/folder-name.ts';
import classes from './Train.module.css';

/** The language model that a writer is made of: always one of the user's. */
export function BaseChoice({
  folder,
  onChange,
}: {
  readonly folder: string | undefined;
  readonly onChange: (folder: string | undefined) => void;
}) {
  const choose = async () => {
    const chosen = await chooseFolder('Folder of a language model');
    if (chosen !== null) onChange(chosen);
  };
  return (
    <section className={classes.encoder} aria-label="Language model">
      <p>
        <strong>Language model: {folder ? folderName(folder) : 'none chosen yet'}.</strong>{' '}
        {folder
          ? 'It is checked when the training begins, and stays as it is; a larger one takes longer and more memory.'
          : 'A writer is made of a small language model of yours, in a folder as Hugging Face lays it out: onnx/model.onnx in fp32, tokenizer.json, tokenizer_config.json, config.json. Nothing is fetched.'}
      </p>
      <Button variant="default" size="compact-sm" onClick={() => void choose()}>
        Choose a folder…
      </Button>
    </section>
  );
}
