import { Select } from '@mantine/core';
import classes from './Collect.module.css';
import { useImport } from './import-store.ts';

const data = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Windows-1252 (Western European)' },
  { value: 'windows-1250', label: 'Windows-1250 (Central European)' },
  { value: 'iso-8859-15', label: 'ISO-8859-15' },
  { value: 'utf-16le', label: 'UTF-16, little endian' },
  { value: 'utf-16be', label: 'UTF-16, big endian' },
  { value: 'shift_jis', label: 'Shift JIS (Japanese)' },
  { value: 'gb18030', label: 'GB 18030 (Chinese)' },
];

/** How the bytes of a text file become letters, where the file's own signs say it wrong. */
export function Encoding() {
  const encoding = useImport((state) => state.encoding);
  return (
    <Select
      className={classes.encoding}
      size="sm"
      label="Encoding"
      placeholder="as the file says, else UTF-8"
      clearable
      clearButtonProps={{ 'aria-label': 'As the file says' }}
      data={data}
      value={encoding}
      onChange={(value) => useImport.setState({ encoding: value, mapping: null })}
    />
  );
}
