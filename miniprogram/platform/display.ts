/** How large WeChat's letters are on this phone. Everything else of the look is in the style sheets. */

// WeChat's largest steps on Apple's phones are 1.4, on wide ones 1.5 (小程序适老化设计指南), on tablets 1.75; beyond 1.6 no line of
// a 320 px phone holds a sentence.
const LARGEST_SCALE = 1.6;
const SMALLEST_SCALE = 0.9;

/** The factor that the person chose in WeChat's settings, e.g. 1 or 1.4. */
export function textScale(): number {
  try {
    const factor = wx.getAppBaseInfo().fontSizeScaleFactor as number | undefined;
    return Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, factor ?? 1));
  } catch {
    return 1;
  }
}
