/**
 * The answer to a question, as long as somebody asks it: what comes after the page went on to another one would stand
 * under the wrong heading. For questions only; how a step that changes something went is always said.
 */

/**
 * @param isAsked looked at when the answer comes
 * @returns null where nobody asks any more, also where the question failed
 */
export async function answerIfAsked<Answer extends object>(
  coming: Promise<Answer>,
  isAsked: () => boolean,
): Promise<Answer | null> {
  try {
    const answer = await coming;
    return isAsked() ? answer : null;
  } catch (error) {
    if (isAsked()) throw error;
    return null;
  }
}
