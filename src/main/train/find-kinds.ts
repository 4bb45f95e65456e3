import { AppError } from '../../shared/errors.ts';

interface Kind {
  readonly id: string;
  readonly isOnRequest?: boolean;
  readonly hasEncoder?: boolean;
}

/**
 * The kinds of student that a request names: one of them, or for `best` all that need not be asked for. An encoder goes
 * with one kind that is built on one: its training may take an hour.
 * @throws AppError `app.usage`
 */
export function findKinds<K extends Kind>(
  kinds: readonly K[],
  id: string,
  encoderFolder?: string,
): readonly K[] {
  const withEncoder = kinds.filter(({ hasEncoder }) => hasEncoder);
  if (encoderFolder !== undefined && !withEncoder.some((kind) => kind.id === id))
    throw new AppError(
      'app.usage',
      `The student "${id}" takes no encoder of yours. Choose one that does: ${withEncoder.map((kind) => kind.id).join(', ')}.`,
    );
  if (id === 'best') return kinds.filter(({ isOnRequest }) => !isOnRequest);
  const found = kinds.find((kind) => kind.id === id);
  if (found) return [found];
  throw new AppError(
    'app.usage',
    `For a task of this kind there is no student called "${id}". Known: ${kinds.map((kind) => kind.id).join(', ')}, best.`,
  );
}
