import { z } from 'zod';

const opening = z.object({ path: z.string(), passphrase: z.string().optional() });
export type OpenProject = z.infer<typeof opening>;
const openers: ReadonlySet<string> = new Set(['project.create', 'project.open', 'project.sample']);

/** Which project each window has open, in memory only, so that a new engine can open it again. */
export function createOpenProjects() {
  const open = new Map<number, OpenProject>();
  return {
    /** Notes a call that went well. */
    hear(session: number, method: string, input: unknown): void {
      if (method === 'project.close') open.delete(session);
      if (openers.has(method)) open.set(session, opening.parse(input));
    },
    of: (session: number) => open.get(session),
    forget: (session: number) => void open.delete(session),
    list: () => [...open].map(([session, project]) => ({ session, ...project })),
  };
}
