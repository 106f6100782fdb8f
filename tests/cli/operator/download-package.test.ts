/** Fetching a package that somebody else stops meanwhile. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportToFolder } from '../../../local/cli/operator/download-package';
import { type StaffClient } from '../../../local/cli/operator/staff-client';
import { withPhoto } from '../../support/accepted-builder';
import { packageRequest } from '../../support/package-builder';
import { staffOn, storedMember } from '../../support/staff-builder';
import { startTestCloud, type TestCloud } from '../../support/start-test-cloud';
import { storedBatch } from '../../support/submission-builder';

let testCloud: TestCloud;
let folder: string;
beforeAll(async () => {
  testCloud = await startTestCloud();
  folder = mkdtempSync(join(tmpdir(), 'download-package-'));
});
afterAll(async () => {
  await testCloud.close();
  rmSync(folder, { recursive: true, force: true });
});

const NO_BAR = { show: () => undefined, end: () => undefined };

/** Somebody stops each package right before it is gone on with. */
function stoppedBeforeItProceeds(staff: StaffClient): StaffClient {
  const exporter: StaffClient['exporter'] = async (action, payload) => {
    if (action === 'proceed') await staff.exporter('cancel', payload as never);
    return staff.exporter(action, payload);
  };
  return { ...staff, exporter };
}

test('a package that is stopped while it is packed is not said to be fetched', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '1');
  const { openid } = await storedMember({ role: 'operator' });
  const staff = stoppedBeforeItProceeds(staffOn(testCloud.cloud, openid));
  await expect(exportToFolder(staff, packageRequest(batch), folder, NO_BAR)).rejects.toThrow('停止或到期了');
});
