import { AppError } from '../../shared/errors.ts';

/** The kinds of student that a request names: one of them, or for `best` all that need not be asked for. @throws AppError `app.usage` */
export function findKinds<Kind extends { readonly id: string; readonly isOnRequest?: boolean }>(
  kinds: readonly Kind[],
  id: string,
): readonly Kind[] {
  if (id === 'best') return kinds.filter(({ isOnRequest }) => !isOnRequest);
  const found = kinds.find((kind) => kind.id === id);
  if (found) return [found];
  throw new AppError(
    'app.usage',
    `For a task of this kind there is no student called "${id}". Known: ${kinds.map((kind) => kind.id).join(', ')}, best.`,
  );
}
