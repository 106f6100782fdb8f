/** One half of the comparison. */
export interface ComparePicture {
  /** Empty while there is none. */
  readonly url: string;
  readonly caption: string;
  readonly label: string;
  readonly placeholder: string;
  /** The original is shown whole, the finished photo fills its frame, whose shape it has. */
  readonly fit: 'contain' | 'cover';
}
