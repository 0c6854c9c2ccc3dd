/**
 * What Slack accepts, in characters and pieces.
 *
 * Slack refuses a whole message for one text that is a character too long, so every view stays under these and a test
 * holds them all against generated data.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
export const limits = {
  blocksInMessage: 50,
  blocksInView: 100,
  /** Not documented; a message whose texts come to more than about 13,000 characters is refused. */
  charactersInMessage: 12_000,
  sectionText: 3000,
  fieldsInSection: 10,
  fieldText: 2000,
  headerText: 150,
  contextElements: 10,
  contextText: 3000,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  idLength: 255,
  imageAltText: 2000,
  imageTitle: 2000,
  modalTitle: 24,
  modalButton: 24,
  privateMetadata: 3000,
  inputLabel: 2000,
  inputPlaceholder: 150,
  suggestedPrompts: 4,
} as const;
