// Runs miniprogram-ci in a process of its own: it changes global state, keeps workers and prints freely.
// usage: node wechat-compiler.cjs <staged project> <folder for the compiled files>
// The last line is `REPORT {"failures": [{path?, message}]}`.
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const ci = require('miniprogram-ci');
const { DefaultProjectAttr } = require('miniprogram-ci/dist/config/config');

// Nothing listens on port 9, so its one request (a list of file types) fails at once instead of waiting.
ci.proxy('http://127.0.0.1:9');

async function main([project, compiled]) {
  const failures = [];
  const config = JSON.parse(readFileSync(join(project, 'project.config.json'), 'utf8'));
  if (existsSync(join(project, 'node_modules'))) {
    const { warnList } = await ci.packNpmManually({
      packageJsonPath: join(project, 'package.json'),
      miniprogramNpmDistDir: join(project, config.miniprogramRoot),
    });
    for (const { msg, jsPath } of warnList) failures.push({ message: `npm packing: ${msg} ${jsPath}` });
  }
  const checked = new ci.Project({
    appid: 'touristappid',
    type: 'miniProgram',
    projectPath: project,
    privateKey: 'none',
    ignores: ['node_modules/**/*'],
  });
  // Otherwise it asks WeChat's servers for the limits of the appid.
  checked.attr = () => Promise.resolve(DefaultProjectAttr);
  try {
    const files = await ci.getCompiledResult({
      project: checked,
      version: '0.0.0',
      desc: 'check',
      setting: config.setting,
      onProgressUpdate: () => {},
    });
    for (const [name, content] of Object.entries(files)) {
      const path = join(compiled, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  } catch (error) {
    failures.push({ path: error.path, message: String(error.message).split('\n').slice(0, 3).join(' ') });
  }
  console.log(`\nREPORT ${JSON.stringify({ failures })}`);
  process.exit(0);
}

main(process.argv.slice(2)).catch((error) => {
  console.log(`\nREPORT ${JSON.stringify({ failures: [{ message: String(error.stack) }] })}`);
  process.exit(0);
});
