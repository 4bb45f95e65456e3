export interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export interface Lockfile {
  readonly packages: Record<string, LockedPackage>;
  readonly [field: string]: unknown;
}

/** Optional dependencies, with one exact version, that no place in the lockfile holds. */
export function findMissing({ packages }: Lockfile) {
  return Object.entries(packages).flatMap(([from, { optionalDependencies, dev }]) =>
    Object.entries(optionalDependencies ?? {})
      .filter(([name]) => !placesOf(from, name).some((place) => place in packages))
      .map(([name, version]) => ({ name, version, isDev: dev === true })),
  );
}

/** Where Node looks for `name` when the package at `from` asks for it. */
function placesOf(from: string, name: string): string[] {
  const parents = from
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, parts.length - depth).join('/node_modules/'));
  return [
    ...parents.filter((parent) => parent !== '').map((parent) => `${parent}/node_modules/${name}`),
    `node_modules/${name}`,
  ];
}
