/** The next students of a group who are missing: at least one, unless nobody follows. */
import { MissingStudent, StudentGroup } from '../../shared/contract/operator/progress';
import { Page, readOn } from '../../shared/contract/read-on';
import { operatorService } from '../services/staff-services';

/** @param from the `next` of what is known already; null: from the beginning */
export function nextMissing(group: StudentGroup, from: string | null): Promise<Page<MissingStudent>> {
  return readOn(
    async (page) => {
      const { students: items, next } = await operatorService.missing({ ...group, ...page });
      return { items, next };
    },
    from,
    1,
  );
}
