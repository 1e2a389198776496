"""What verbs say of what they did, or why they did not, besides diagnostics."""

from __future__ import annotations

from collections.abc import Mapping

from jiaozhang.faults.messages import Language

# What stands between the names of a list.
COMMA: Mapping[Language, str] = {"zh": "、", "en": ", "}

RESULTS: Mapping[str, Mapping[Language, str]] = {
    "built": {
        "zh": "{folder}：{pages} 页，写入 {written} 个文件，移除 {removed} 个，{seconds:.1f} 秒",
        "en": "{folder}: {pages} pages, {written} files written, {removed} removed, "
        "{seconds:.1f} s",
    },
    "faults": {
        "zh": "发现 {errors} 个错误、{warnings} 个提醒；有错误，没有写入任何文件",
        "en": "errors: {errors}, warnings: {warnings}; nothing was written",
    },
    "faults-public": {
        "zh": "发现 {errors} 个错误、{warnings} 个提醒；公开版没有写入，原来的保留",
        "en": "errors: {errors}, warnings: {warnings}; the public site was not written and is "
        "unchanged",
    },
    "found": {
        "zh": "发现 {errors} 个错误、{warnings} 个提醒",
        "en": "errors: {errors}, warnings: {warnings}",
    },
    "found-intranet": {
        "zh": "内网版没有错误；发现 {held} 个错误只挡公开版，另有 {warnings} 个提醒",
        "en": "no errors for the intranet; errors that block only the public site: {held}, "
        "warnings: {warnings}",
    },
    "fine": {"zh": "没有发现问题", "en": "no problems found"},
    "foreign": {
        "zh": "{folder} 里有别的文件，不是本工具写的；请换一个空文件夹",
        "en": "{folder} contains files that this tool did not write; choose an empty folder",
    },
    "disk": {"zh": "写不进去：{why}", "en": "cannot write: {why}"},
    "port": {
        "zh": "{port} 端口用不了（{why}）；用 --port 换一个",
        "en": "cannot use port {port} ({why}); choose another with --port",
    },
    "serving": {
        "zh": "{address} 已打开，保存文件后自动刷新；按 Ctrl-C 结束",
        "en": "serving {address}, reloading on save; press Ctrl-C to stop",
    },
    "no-page": {"zh": "网站里没有这个文件：{page}", "en": "no such file in the site: {page}"},
    "slow": {
        "zh": "提醒：PyYAML 没有带 C 部分，读文件会慢几倍",
        "en": "note: PyYAML is installed without its C extension; reading files is several times "
        "slower",
    },
    "no-extra": {
        "zh": "缺少 {package}，它属于扩展 {extra}：用 python3 build.py {verb} 运行，会自动装好；"
        "或者先运行 pip install --require-hashes -r requirements-{extra}.lock",
        "en": "missing {package}, part of the extra {extra}: use python3 build.py {verb}, which "
        "installs it, or run pip install --require-hashes -r requirements-{extra}.lock first",
    },
    "no-extra-installed": {
        "zh": "缺少 {package}，它属于扩展 {extra}：运行 pip install 'jiaozhang[{extra}]'，"
        "或者照原来的办法重装，名称后面加上 [{extra}]",
        "en": "missing {package}, part of the extra {extra}: run pip install "
        "'jiaozhang[{extra}]', or reinstall as before with [{extra}] after the name",
    },
    "no-tests": {
        "zh": "测试在源代码里，不随安装的程序：在源代码的文件夹里运行 python3 build.py test",
        "en": "the tests are in the source tree, not in the installed package: run python3 "
        "build.py test in a checkout",
    },
    "bug": {
        "zh": "这是程序自己的错误，不是您的内容有错。请把以上信息发给维护者。",
        "en": "this is a bug in the program, not an error in your content; please send the "
        "output above to the maintainers",
    },
    "wrote": {"zh": "写入 {path}", "en": "wrote {path}"},
    "kept": {
        "zh": "保留 {path}：已经改过，没有覆盖；导入的内容与它的差别是：",
        "en": "kept {path}: it was edited and is not overwritten; differences from the import:",
    },
    "conflict": {
        "zh": "{path} 的原文和这份文件不同，没有改动；确认后加 --accept：",
        "en": "the text in {path} differs from this notice; nothing was changed. Confirm with "
        "--accept:",
    },
    "doubts": {
        "zh": "拿不准的有 {count} 处，已写进各文件的 unsettled，请逐一核对：",
        "en": "{count} uncertain places are listed under unsettled in the files; please check "
        "each one:",
    },
    "notes": {"zh": "和上一年相比：", "en": "compared with the previous year:"},
    "city-exists": {
        "zh": "{folder} 里已经有文件；换一个文件夹，或者用 import 再导入一年",
        "en": "{folder} already contains files; choose another folder, or use import to add a year",
    },
    "which-year": {
        "zh": "文件标题里没有年份；用 --year 写明是哪一年",
        "en": "no year in the title of the notice; give it with --year",
    },
    "city-next": {
        "zh": "下一步：核对上面列出的地方，然后运行 python3 build.py serve --content {folder}",
        "en": "next: check the places listed above, then run python3 build.py serve --content "
        "{folder}",
    },
    "approve-how": {
        "zh": "approve 写作：approve 文件 --level N --by 岗位，或者 approve --migrate [--write]",
        "en": "usage: approve FILE --level N --by POST, or approve --migrate [--write]",
    },
    "approved": {
        "zh": "{path}：已记下第 {level} 级审核（{by}）",
        "en": "{path}: recorded review level {level} ({by})",
    },
    "numbered": {
        "zh": "{path}：按次序补上编号 {ids}",
        "en": "{path}: added the ids {ids} in order",
    },
    "trail-holds": {
        "zh": "{path}:{line}: {name}：已经是新的，有效",
        "en": "{path}:{line}: {name}: already in the new format, valid",
    },
    "trail-fits": {
        "zh": "{path}:{line}: {name}：和审核时一样，别处没有同样的内容，可以换成新的",
        "en": "{path}:{line}: {name}: unchanged since its approval, no identical copy, can be "
        "converted",
    },
    "trail-edited": {
        "zh": "{path}:{line}: {name}：审核以后改过，要重新审核",
        "en": "{path}:{line}: {name}: edited after its approval, must be reviewed again",
    },
    "trail-twice": {
        "zh": "{path}:{line}: {name}：别处有一模一样的内容，看不出审的是哪一条，要重新审核",
        "en": "{path}:{line}: {name}: has an identical copy, so it is unclear which one was "
        "approved; must be reviewed again",
    },
    "trail-other": {
        "zh": "{path}:{line}: {name}：审的是另一条记录，或者审核以后改过，要重新审核",
        "en": "{path}:{line}: {name}: another record was approved, or it was edited after its "
        "approval; must be reviewed again",
    },
    "to-migrate": {
        "zh": "{fits} 条审核可以换成新的，{again} 条要重新审核；加 --write 写入 {files} 个文件",
        "en": "{fits} reviews can be converted, {again} must be reviewed again; add --write to "
        "write {files} files",
    },
    "migrated": {
        "zh": "{fits} 条审核换成了新的，{again} 条要重新审核；写入 {files} 个文件",
        "en": "{fits} reviews converted, {again} must be reviewed again; {files} files written",
    },
    "no-file": {
        "zh": "台账里没有这个文件，或者它有错读不了：{file}",
        "en": "file not found in the ledger, or not readable: {file}",
    },
    "no-entry": {
        "zh": "{file} 里没有“{entry}”这一条；用 --entry 写编号，或从 1 数起的次序",
        "en": "{file} has no entry “{entry}”; give --entry an id or a position counted from 1",
    },
    "no-such-year": {"zh": "没有 {year} 年的台账", "en": "no ledger for {year}"},
    "no-such-task": {"zh": "没有第 {task} 项", "en": "no such task: {task}"},
    "no-such-unit": {
        "zh": "units.yaml 里没有“{unit}”",
        "en": "“{unit}” not found in units.yaml",
    },
    "no-reports": {
        "zh": "这份台账不收报送（reporting: none）：公开资料用 new note --task {task}，"
        "不带 --unit；"
        "要收报送，把 ledger.yaml 的 reporting 改成 monthly 或 quarterly",
        "en": "this ledger does not accept reports (reporting: none): for published material use "
        "new note --task {task} without --unit; to accept reports, set reporting in ledger.yaml "
        "to monthly or quarterly",
    },
    "note-exists": {
        "zh": "{path} 已经有了，没有改动",
        "en": "{path} already exists and was not changed",
    },
    "no-git": {
        "zh": "{folder} 不在 git 仓库里，或者没有装 git",
        "en": "{folder} is not in a git repository, or git is not installed",
    },
    "nginx-word": {
        "zh": "“{word}”不能写进 nginx 配置：路径要从 / 写起，不含 .. 和空格、引号、; {{ }} $；"
        "名称写域名或者地址，不带 %eth0 这样的网卡名",
        "en": "“{word}” cannot be used in an nginx configuration: paths start with / and contain "
        "no .., spaces, quotes or ; {{ }} $; names are host names or addresses without a zone "
        "such as %eth0",
    },
    "nginx-network": {
        "zh": "“{word}”不是网段；写作 10.1.0.0/16，主机位都是 0，不带 %eth0 这样的网卡名",
        "en": "“{word}” is not a network; write it as 10.1.0.0/16, with all host bits 0 and "
        "without a zone such as %eth0",
    },
    "nginx-everybody": {
        "zh": "“{word}”加起来是整个互联网；只写能访问的网段，公开版不限制就不要写 --allow",
        "en": "“{word}” covers the whole internet; list only the networks to allow, and omit "
        "--allow for an unrestricted public site",
    },
    "nginx-star": {
        "zh": "内网版不能用“{word}”这样的通配名称；把名称逐个写出来",
        "en": "“{word}” is a wildcard name, which the intranet site cannot use; list each name",
    },
    "nginx-inside-name": {
        "zh": "内网版要写明名称：用 --server-name 写出浏览器地址栏里的域名或地址；"
        "用别的名称来的一律不答，别处的网页才读不到内网版",
        "en": "the intranet site needs its names: give with --server-name the host names or "
        "addresses as shown in the browser's address bar; requests for other names are refused, "
        "so that no other website can read the intranet",
    },
    "nginx-name": {
        "zh": "公开版要有域名：用 --server-name，或者在 site.toml 里写 base_url",
        "en": "the public site needs a host name: use --server-name, or set base_url in site.toml",
    },
    "nginx-certificate": {
        "zh": "TLS 要有证书：用 --certificate 和 --key",
        "en": "TLS needs a certificate: use --certificate and --key",
    },
    "went-live": {
        "zh": "{name} 已上线，{seconds:.1f} 秒",
        "en": "{name} is live, {seconds:.1f} s",
    },
    "unchanged": {
        "zh": "没有变化：{commit} 已经上线（{live}）",
        "en": "unchanged: {commit} is already live ({live})",
    },
    "superseded": {
        "zh": "{commit} 比上线的 {live} 旧，没有发布（superseded）",
        "en": "superseded: {commit} is older than the live release ({live}) and was not published",
    },
    "diverged": {
        "zh": "{commit} 不是接着上线的 {live} 做的，两边各有各的提交，没有发布（diverged）；"
        "先合并再推送，确实要换成它，由管网站的人加 --replace {whole}",
        "en": "diverged: {commit} is not based on the live release ({live}) and was not "
        "published; merge and push again, or, if it is intended, ask the site operator to add "
        "--replace {whole}",
    },
    "pinned": {
        "zh": "{commit} 不比退下来的那一版新，没有发布；新的提交会上线，或者加 --force",
        "en": "pinned: {commit} is not newer than the release that was rolled back and was not "
        "published; push a newer commit, or add --force",
    },
    "unknown-live": {
        "zh": "这个仓库里没有上线的提交（{live}），或者历史不全，分不清 {commit} 是新是旧，没有发布"
        "（unknown）；取全历史再试，或者加 --replace {whole}",
        "en": "unknown: the live commit ({live}) or part of the history is missing from this "
        "repository, so it is unclear whether {commit} is newer; it was not published; fetch the "
        "full history and try again, or add --replace {whole}",
    },
    "held-public": {
        "zh": "公开版有错，保留原来的一版",
        "en": "the public site has errors; the live release is kept",
    },
    "held-intranet": {
        "zh": "内网版有错，保留原来的一版",
        "en": "the intranet site has errors; the live release is kept",
    },
    "no-commit": {
        "zh": "找不到仓库、提交或路径：{why}",
        "en": "repository, commit or path not found: {why}",
    },
    "no-root": {"zh": "没有 {root} 这个文件夹", "en": "folder not found: {root}"},
    "not-yours": {
        "zh": "{root} 是 {owner} 的：请以它的身份运行（su {owner}）",
        "en": "{root} belongs to {owner}: run this as {owner} (su {owner})",
    },
    "nothing-live": {"zh": "{root} 还没有上线过", "en": "{root} has no live release yet"},
    "no-release": {
        "zh": "没有要退到的那一版；保留的有：{names}（用 --to 指定编号）",
        "en": "no such release to return to; kept releases: {names} (choose one with --to)",
    },
    "damaged": {
        "zh": "发布文件夹被改动过：{why}；用 publish --force 重新发布",
        "en": "the releases folder was modified: {why}; use publish --force to publish again",
    },
    "limit-memory": {
        "zh": "读取和生成用的内存超过 {limit}，已经停下，什么也没有改；先看提交里有没有多余的东西，"
        "真的需要，由管网站的人加大 --limit-memory",
        "en": "stopped: reading and building took more than {limit} of memory; nothing was "
        "changed. Check the commit for unneeded files; if all are needed, ask the site operator "
        "to raise --limit-memory",
    },
    "limit-time": {
        "zh": "读取和生成用的时间超过 {limit}，已经停下，什么也没有改；先看提交里有没有多余的东西，"
        "真的需要，由管网站的人加大 --limit-time",
        "en": "stopped: reading and building took longer than {limit}; nothing was changed. "
        "Check the commit for unneeded files; if all are needed, ask the site operator to raise "
        "--limit-time",
    },
    "foreign-hook": {
        "zh": "{path} 已经有别的钩子，没有改动；请先移走",
        "en": "{path} is already a hook of another program and was not changed; move it away first",
    },
    "already-live": {"zh": "{live} 本来就在线", "en": "{live} is already live"},
    "rolled-back": {
        "zh": "{live} 已上线，退下 {before}，{seconds:.1f} 秒；不比它新的提交不会自动上线",
        "en": "{live} is live, replacing {before}, {seconds:.1f} s; commits that are not newer "
        "than {before} do not go live automatically",
    },
    "gone-forward": {
        "zh": "{live} 已上线，退下 {before}，{seconds:.1f} 秒",
        "en": "{live} is live, replacing {before}, {seconds:.1f} s",
    },
    "status-none": {"zh": "还没有上线过", "en": "no live release yet"},
    "status-live": {"zh": "上线：{live}，从 {since} 起", "en": "live: {live}, since {since}"},
    "status-public": {
        "zh": "  公开版：{pages} 页，提交 {commit}，数据截至 {as_of}",
        "en": "  public: {pages} pages, commit {commit}, as of {as_of}",
    },
    "status-intranet": {
        "zh": "  内网版：{pages} 页，提交 {commit}，数据截至 {as_of}",
        "en": "  intranet: {pages} pages, commit {commit}, as of {as_of}",
    },
    "status-kept": {"zh": "保留：{names}", "en": "kept releases: {names}"},
    "status-pin": {
        "zh": "固定：{time} 从第 {seq} 号（提交 {commit}）退下，不比它新的不会自动上线",
        "en": "pinned: release {seq} (commit {commit}) was rolled back at {time}; commits that "
        "are not newer do not go live automatically",
    },
    "status-busy": {"zh": "正在发布", "en": "publishing in progress"},
    "status-failing": {
        "zh": "最近一次发布没有成功：{time}，提交 {commit}",
        "en": "last publish failed: {time}, commit {commit}",
    },
    "status-failed": {
        "zh": "上一次失败（之后已经成功）：{time}，提交 {commit}",
        "en": "last failure (publishing has succeeded since): {time}, commit {commit}",
    },
    "verified": {"zh": "{live}：{count} 个文件全部相符", "en": "{live}: all {count} files match"},
    "flawed": {
        "zh": "{live}：{count} 处不符；用 publish --force 重新发布",
        "en": "{live}: {count} differences; use publish --force to publish again",
    },
    "flaw-missing": {"zh": "缺少 {path}", "en": "missing: {path}"},
    "flaw-changed": {"zh": "变了 {path}", "en": "changed: {path}"},
    "flaw-surplus": {"zh": "多出 {path}", "en": "unexpected: {path}"},
    "imported": {
        "zh": "写入 {written} 个文件；没有变化 {unchanged}，改过而保留 {kept}，有出入 {conflicts}",
        "en": "{written} files written; {unchanged} unchanged, {kept} edited and kept, "
        "{conflicts} in conflict",
    },
}
