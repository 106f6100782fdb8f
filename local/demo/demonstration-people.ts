/** Whose phones the demonstration knows. The first one belongs to the demonstration student. */

export const DEMONSTRATION_OPENID = 'demo-student';

export const DEMONSTRATION_PEOPLE = [
  { openid: DEMONSTRATION_OPENID, label: '毕业生' },
  { openid: 'demo-second-phone', label: '另一部手机' },
  { openid: 'demo-operator', label: '采集单位' },
] as const;
