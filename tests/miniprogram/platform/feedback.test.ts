import { callTelephone } from '../../../miniprogram/platform/feedback';
import { requireValidBatch } from '../../../miniprogram/shared/batch/batch-rules';
import { installFakeWx } from '../../support/fake-wx';
import { batchFields } from '../../support/operator-batch-builder';

function dialled(telephone: string): string {
  let number = '';
  const phone = installFakeWx({
    makePhoneCall: ({ phoneNumber }: { phoneNumber: string }) => {
      number = phoneNumber;
    },
  });
  callTelephone(telephone);
  phone.remove();
  return number;
}

const OF_BATCHES: readonly (readonly [string, string])[] = [
  ['0550-3510012', '05503510012'],
  ['0550-3510012 转 8', '05503510012'],
  ['0550-3510012转8003', '05503510012'],
  ['0550-3510012-8003', '05503510012'],
  ['0550-3510012 8003', '05503510012'],
  ['400-820-8820', '4008208820'],
  ['138 0013 8000', '13800138000'],
  ['0550-3510012、3510013', '05503510012'],
  ['0550-3510012, 0550-3510013', '05503510012'],
  ['010-62782001/62782002', '01062782001'],
  ['(0550)3510012', '05503510012'],
  ['（0550）3510012', '05503510012'],
  ['+86 550 3510012', '+865503510012'],
  ['+86 (0550) 3510012', '+865503510012'],
  [' +86-138 0013 8000 / 138 0013 8001', '+8613800138000'],
  ['0550-3510012 +8', '055035100128'],
  ['、0550-3510012', '05503510012'],
];

const OF_DEPLOYMENTS: readonly (readonly [string, string])[] = [
  ['0550-3510012，0550-3510013', '05503510012'],
  ['010-62782001／62782002', '01062782001'],
  ['0550-3510012；3510013', '05503510012'],
  ['0550-3510012; 3510013', '05503510012'],
  ['0550-3510012 或 3510013', '05503510012'],
  ['0550-3510012 ext. 8', '05503510012'],
  ['010-62782001 分机 8', '01062782001'],
  ['0550-3510012 Ext 8', '05503510012'],
];

describe('the button with a telephone number dials', () => {
  it.each([...OF_BATCHES, ...OF_DEPLOYMENTS])('%s as %s', (telephone, number) => {
    expect(dialled(telephone)).toBe(number);
  });

  it.each(OF_BATCHES)('%s, which a batch may have', (telephone) => {
    expect(() => {
      requireValidBatch(batchFields({ telephone }));
    }).not.toThrow();
  });
});
