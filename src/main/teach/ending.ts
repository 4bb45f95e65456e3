/** Why an answer ended before it was whole, as the provider itself says. */
export type Ending = 'refused' | 'cut-off';
