/** What the help page shows: questions, and the answers that are open. Pure. */
import { COMMON_WORDS } from '../../copy/app-words';
import { HELP_SECTIONS, Question } from '../../copy/help-words';
import { PageState } from '../define-page';

export interface HelpState extends PageState {
  /** Ids of the open questions. */
  readonly open: readonly string[];
  readonly telephone: string;
}

export interface QuestionView extends Question {
  readonly open: boolean;
}

export interface HelpView {
  readonly sections: readonly { readonly heading: string; readonly questions: readonly QuestionView[] }[];
  readonly callText: string;
}

export function toView({ open, telephone }: HelpState): HelpView {
  return {
    sections: HELP_SECTIONS.map(({ heading, questions }) => ({
      heading,
      questions: questions.map((question) => ({ ...question, open: open.includes(question.id) })),
    })),
    callText: telephone === '' ? '' : COMMON_WORDS.callNumber(telephone),
  };
}

export function toggledQuestion(open: readonly string[], id: string): string[] {
  return open.includes(id) ? open.filter((one) => one !== id) : [...open, id];
}
