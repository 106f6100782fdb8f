/**
 * The mini program's start: opens the cloud, answers WeChat's privacy questions, hears of updates. Holds no data; pages
 * pass ids, and what lasts lies in services.
 */
import { CLOUD_ENVIRONMENT } from './config';
import { startCloud } from './platform/cloud';
import { answerPrivacyQuestions } from './platform/privacy';
import { watchForUpdate } from './services/offer-update';
import { sweepForgotten, sweepPortraits } from './services/portrait-upload/sweep-portraits';

App({
  onLaunch() {
    startCloud(CLOUD_ENVIRONMENT);
    answerPrivacyQuestions();
    watchForUpdate();
    // What cannot be tidied now is tidied at the next launch.
    sweepPortraits().catch(() => undefined);
    sweepForgotten().catch(() => undefined);
  },
});
