import type { Split } from '../../shared/domain/example.ts';
import type { Database } from './database.ts';

export interface NewLook {
  readonly split: Split;
  readonly studentId: string | null;
  readonly purpose: string;
}

/** Each time that a split's answers were used to judge something: the more looks, the less they prove. */
export function createLooks(db: Database) {
  return {
    add(look: NewLook): void {
      db.prepare('INSERT INTO look (split, student_id, purpose, at_ms) VALUES (?, ?, ?, ?)').run(
        look.split,
        look.studentId,
        look.purpose,
        Date.now(),
      );
    },
    count(split: Split): number {
      return db.prepare('SELECT count(*) FROM look WHERE split = ?').pluck().get(split) as number;
    },
  };
}
