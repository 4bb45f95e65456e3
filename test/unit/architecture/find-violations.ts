import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { type Dependencies, readDependencies } from './read-dependencies.ts';
import { doors, type Layer, layers } from './rules.ts';

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly source: string;
}

export interface Violation {
  readonly path: string;
  readonly rule: string;
  readonly what: string;
}

/** Lists every import and every use of a global that breaks the floor plan of docs/architecture.md. */
export function findViolations(files: readonly SourceFile[]): Violation[] {
  return files.flatMap(({ path, source }) => {
    const dependencies = readDependencies(path, source);
    return [...layerViolations(path, dependencies), ...doorViolations(path, dependencies)].map(
      ([rule, what]) => ({ path, rule, what }),
    );
  });
}

type Found = readonly [rule: string, what: string];

function layerViolations(path: string, { imports }: Dependencies): Found[] {
  const from = layerOf(path);
  if (!from) return [['floor plan', 'the file lies outside of every layer']];
  return imports.flatMap((specifier): Found[] => {
    if (!specifier.startsWith('.') && !specifier.startsWith('/')) return [];
    const target = posix.join(posix.dirname(path), specifier);
    if (!target.startsWith('src/')) return [['product imports product only', target]];
    const to = layerOf(target);
    const isAllowed = to && (to === from || from.mayImport.includes(to.name));
    return isAllowed ? [] : [[`${from.name} may not import ${to?.name ?? 'it'}`, target]];
  });
}

function doorViolations(path: string, dependencies: Dependencies): Found[] {
  const { imports, globals, computedImports } = dependencies;
  const modules = imports.map(toModuleName);
  const found = doors
    .filter((door) => !door.only.some((place) => isIn(path, place)))
    .flatMap((door) =>
      [
        ...modules.filter((name) => door.modules.includes(name)),
        ...globals.filter((name) => door.globals.includes(name)),
      ].map((what): Found => [`${door.name} has one door`, what]),
    );
  return computedImports > 0
    ? [...found, ['imports can be read', `${computedImports} computed import(s)`]]
    : found;
}

function layerOf(path: string): Layer | undefined {
  return layers.find((layer) => layer.paths.some((place) => isIn(path, place)));
}

function isIn(path: string, place: string): boolean {
  return place.endsWith('/') ? path.startsWith(place) : path === place;
}

/** `dns/promises` -> `node:dns`, `openai/resources` -> `openai`, `@scope/name/x` -> `@scope/name`. */
function toModuleName(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  if (name.startsWith('node:') || !builtinModules.includes(name)) return name;
  return `node:${name}`;
}
