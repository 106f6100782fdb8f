/** Shows what is wrong with the mini program on the phone itself, where the developer is looking. */
import { type BuildProblem } from '../../built-project';
import { element } from './screen';

export function showProblems(problems: readonly BuildProblem[]): void {
  for (const { severity, path, line, message } of problems) {
    const text = `${path}${line === undefined ? '' : `:${line}`} ${message}`;
    if (severity === 'error') console.error(text);
    else console.warn(text);
  }
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length === 0) return;
  const panel = element('div', 'phone-problems');
  panel.setAttribute('role', 'alert');
  panel.append(
    ...errors.map(({ path, line, message }) => {
      const row = element('p', 'phone-problems__row');
      row.textContent = `${path}${line === undefined ? '' : `:${line}`}  ${message}`;
      return row;
    }),
  );
  const close = element('button', 'phone-problems__close');
  close.textContent = 'Close';
  close.addEventListener('click', () => {
    panel.remove();
  });
  panel.append(close);
  document.body.append(panel);
}
