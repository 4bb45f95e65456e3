import type { Json } from '../../shared/domain/json.ts';
import { decide } from '../gate/decide.ts';
import { parseDestination } from '../gate/destination.ts';
import { keepAllowedHeaders, openDoor } from '../gate/door.ts';
import { type Permitted, permit } from '../gate/permit.ts';
import type { Store } from '../store/store.ts';
import type { GatePort } from '../teach/gate-port.ts';

/** The gate of a project in the shape that asking a teacher needs. */
export function createTeacherGate(store: Store): GatePort<Permitted> {
  return {
    destination: parseDestination,
    block(exampleId, { purpose, url }) {
      const { host } = parseDestination(url);
      const verdict = decide(store, exampleId, { purpose, host, nowMs: Date.now() });
      return verdict.kind === 'block' ? verdict.reason : undefined;
    },
    permit({ exampleId, purpose, url, model }, render) {
      const permission = permit(
        store,
        {
          exampleIds: [exampleId],
          purpose,
          destination: parseDestination(url),
          model,
          nowMs: Date.now(),
        },
        ([input]): Json => render(input!),
      );
      return permission.kind === 'blocked'
        ? { kind: 'blocked', reason: permission.reasons[0]!.reason }
        : permission;
    },
    open: (payload, options) => openDoor(payload, { store, ...options }),
    visibleHeaders: keepAllowedHeaders,
  };
}
