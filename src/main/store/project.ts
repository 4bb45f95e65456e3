import { randomUUID } from 'node:crypto';
import { parseTask, type Task } from '../../shared/domain/task.ts';
import type { Database } from './database.ts';

/** The one row that says what the project is for. */
export function createProjectTable(db: Database) {
  return {
    create(task: Task): void {
      db.prepare(
        'INSERT INTO project (id, uuid, task_json, created_at_ms) VALUES (1, ?, ?, ?)',
      ).run(randomUUID(), JSON.stringify(task), Date.now());
    },
    task(): Task {
      return parseTask(
        JSON.parse(db.prepare('SELECT task_json FROM project').pluck().get() as string),
      );
    },
    uuid(): string {
      return db.prepare('SELECT uuid FROM project').pluck().get() as string;
    },
  };
}
