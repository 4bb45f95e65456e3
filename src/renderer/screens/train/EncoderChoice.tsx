import { Button } from '@mantine/core';
import { chooseFolder } from '../../lib/desktop.ts';
import { folderName } from '../../lib/folder-name.ts';
import classes from './Train.module.css';

/** The pretrained reader of a student: the bundled one, or a folder of the user's. */
export function EncoderChoice({
  folder,
  onChange,
}: {
  readonly folder: string | undefined;
  readonly onChange: (folder: string | undefined) => void;
}) {
  const choose = async () => {
    const chosen = await chooseFolder('Folder of a pretrained encoder');
    if (chosen !== null) onChange(chosen);
  };
  return (
    <section className={classes.encoder} aria-label="Pretrained reader">
      <p>
        <strong>
          Pretrained reader: {folder ? folderName(folder) : 'the bundled one, English'}.
        </strong>{' '}
        {folder
          ? 'It is checked when the training begins; a larger one takes longer.'
          : 'Another one can be taken from a folder as Hugging Face lays it out: onnx/model.onnx in fp32, tokenizer.json, config.json. Nothing is fetched.'}
      </p>
      <Button variant="default" size="compact-sm" onClick={() => void choose()}>
        Choose a folder…
      </Button>
      {folder && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(undefined)}>
          Take the bundled one
        </Button>
      )}
    </section>
  );
}
