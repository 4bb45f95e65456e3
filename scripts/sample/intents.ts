/** The Banking77 intents of the sample: several families that people and models confuse, and a few rare ones. */
export const intents = [
  'card_arrival',
  'card_delivery_estimate',
  'card_not_working',
  'contactless_not_working',
  'activate_my_card',
  'lost_or_stolen_card',
  'compromised_card',
  'card_swallowed',
  'change_pin',
  'pin_blocked',
  'passcode_forgotten',
  'declined_card_payment',
  'pending_card_payment',
  'card_payment_not_recognised',
  'card_payment_fee_charged',
  'transaction_charged_twice',
  'request_refund',
  'Refund_not_showing_up',
  'declined_cash_withdrawal',
  'cash_withdrawal_charge',
  'wrong_amount_of_cash_received',
  'transfer_not_received_by_recipient',
  'transfer_timing',
  'pending_transfer',
  'failed_transfer',
  'cancel_transfer',
  'edit_personal_details',
  'verify_my_identity',
] as const;

export const NO_ANSWER = 'no_answer';

export const task = {
  name: 'Bank support desk',
  kind: 'classify',
  instructions:
    "Sort a customer's message to a bank's support desk by what the customer wants. Choose the one label that fits " +
    'best; choose no_answer when the message is about something else, however friendly or bank-like it sounds.',
  labels: [...intents, NO_ANSWER],
  noAnswerLabel: NO_ANSWER,
  highStakes: ['lost_or_stolen_card', 'compromised_card'],
};
