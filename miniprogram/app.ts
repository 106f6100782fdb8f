/**
 * The mini program's start: opens the cloud and answers WeChat's privacy questions. Holds no data; pages pass ids,
 * and what lasts lies in services.
 */
import { CLOUD_ENVIRONMENT } from './config';
import { startCloud } from './platform/cloud';
import { answerPrivacyQuestions } from './platform/privacy';

App({
  onLaunch() {
    startCloud(CLOUD_ENVIRONMENT);
    answerPrivacyQuestions();
  },
});
