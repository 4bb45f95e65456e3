/** A job was started; its progress, and in the end its result, come as `job` events with this id. */
export interface JobStarted {
  readonly jobId: number;
}
