import { AppError } from '../../../shared/errors.ts';
import { anthropic } from './anthropic.ts';
import { openai } from './openai.ts';
import type { Provider } from './provider.ts';

/** Every teacher that can be asked. To add one: a file beside this one and a line here. */
export const providers: readonly Provider[] = [openai, anthropic];

/** A provider by its id or another name for it. @throws AppError `app.usage` naming those there are */
export function findProvider(id: string): Provider {
  const provider = providers.find((each) => each.id === id || each.aliases.includes(id));
  if (provider) return provider;
  const names = providers.flatMap((each) => [each.id, ...each.aliases]);
  throw new AppError(
    'app.usage',
    `There is no provider "${id}". There are: ${names.join(', ')}; replies from a file are read with --replies.`,
  );
}
