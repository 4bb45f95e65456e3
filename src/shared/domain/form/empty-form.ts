/** What stands where a slot of the frame has no value: nothing at all, null, or an empty list. */
export const emptyForms = ['omit', 'null', 'list'] as const;
export type EmptyForm = (typeof emptyForms)[number];
