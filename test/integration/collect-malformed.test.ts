import { beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/main/store/store.ts';
import { AppError } from '../../src/shared/errors.ts';
import { createImportProject, type ImportProject } from '../helpers/import-project.ts';
import { malformedBinaryFiles } from '../helpers/malformed-binary-files.ts';
import {
  lateFiles,
  type Malformed,
  malformedTextFiles,
  rows,
  toolFiles,
  tools,
} from '../helpers/malformed-text-files.ts';

/** Imports a file through a store and fails unless that ends in a clear error and leaves no trace. */
async function expectRefused(
  project: ImportProject,
  [name, content, says, request]: Malformed,
  through?: Store,
): Promise<void> {
  const path = project.file(name, typeof content === 'function' ? await content() : content);
  const before = project.dump();
  const error = await project.import(path, request, through).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  const { kind, message } = error as AppError;
  expect(kind).toBe('input');
  expect(message).toMatch(says);
  expect(message).toMatch(/othing was imported|Nothing was|not known/);
  expect(project.dump()).toBe(before);
}

const malformedFiles = [...malformedTextFiles, ...malformedBinaryFiles];

describe('a file that can not be read is refused whole, with its place and a remedy', () => {
  let project: ImportProject;
  let toolProject: ImportProject;

  beforeAll(async () => {
    project = createImportProject();
    toolProject = createImportProject(tools);
    // Something to lose.
    await project.import(project.file('there.csv', rows));
  });

  test('there are at least 60 kinds', () => {
    expect(malformedFiles.length + toolFiles.length).toBeGreaterThan(60);
  });

  test.each(malformedFiles.map((file) => ({ name: file[0], file })))('$name', async ({ file }) => {
    await expectRefused(project, file);
  });

  test.each(toolFiles.map((file) => ({ name: file[0], file })))('$name', async ({ file }) => {
    await expectRefused(toolProject, file);
  });
});

describe('the same check goes red on an import that is not one transaction', () => {
  test.each(lateFiles.map((file) => ({ name: file[0], file })))('$name', async ({ file }) => {
    const project = createImportProject();
    const careless: Store = { ...project.store, transactionAsync: (body) => body() };
    await expect(expectRefused(project, file, careless)).rejects.toThrow(/Object.is equality/);
  });
});
