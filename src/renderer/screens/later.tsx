import { type ComponentType, createElement, use } from 'react';

/** A component whose code is fetched when it is first shown, or before, by `load`. */
export interface Later {
  (): ReturnType<typeof createElement> | undefined;
  load(): Promise<void>;
}

/** Unlike React's own `lazy`, one that is there already is drawn at once, without a moment of its placeholder. */
export function later(fetchBody: () => Promise<ComponentType>): Later {
  let body: ComponentType | undefined;
  let fetched: Promise<void> | undefined;
  const load = () => {
    fetched ??= fetchBody().then((found) => {
      body = found;
    });
    return fetched;
  };
  const show = () => {
    if (!body) use(load());
    return body && createElement(body);
  };
  return Object.assign(show, { load });
}
