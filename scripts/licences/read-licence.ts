import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Licence } from '../../src/shared/contract/licence.ts';

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  author: z.union([z.string(), z.object({ name: z.string() })]).optional(),
});

/** Licences that let a program be handed on with their text beside it; anything else stops the build. */
const accepted = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Unlicense',
];

/** These give everything away and ask for nothing back. */
const asksForNothing = ['0BSD', 'CC0-1.0', 'Unlicense'];

const licenceFile = /^(licen[cs]e|notice|copying)/i;

/** Reads a package's licence and its text. @throws Error when it names none, or one that was never accepted */
export function readLicence(folder: string): Licence {
  const about = packageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const { name, version, license } = about;
  // "MIT or MPL-2.0" leaves the choice to us, so one accepted name is enough.
  const names = license?.replaceAll(/[()]/g, '').split(/ or /i) ?? [];
  const licence = names.find((one) => accepted.includes(one));
  if (licence === undefined)
    throw new Error(
      `${name} ${version} is under ${license ?? 'no named licence'}. Read its terms; if it may be handed on, add the licence to scripts/licences/read-licence.ts.`,
    );
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim());
  return { name, version, licence, text: files.join('\n\n') || standardText(licence, about) };
}

/** For a package that names its licence and brings no text of it. */
function standardText(licence: string, { name, author }: z.infer<typeof packageSchema>): string {
  if (asksForNothing.includes(licence)) return `${licence}: asks for no notice.`;
  const holder = typeof author === 'string' ? author : author?.name;
  if (licence !== 'MIT')
    throw new Error(`${name} brings no text of its licence, ${licence}. Keep one beside it.`);
  return `MIT License\n\nCopyright (c) ${holder?.replace(/\s*[<(].*/, '') ?? `the authors of ${name}`}\n\n${MIT}`;
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
