/** What is the same in every chunk of one answer. */
export interface AnswerIdentity {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  /** The catalogue id of the model that answers. */
  readonly model: string;
}
