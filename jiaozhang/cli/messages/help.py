"""The help of the command line: what verbs do, what options mean, and what each word may be."""

from __future__ import annotations

from collections.abc import Mapping

from jiaozhang.faults.messages import Language

Said = Mapping[Language, str]

# What frames every page of help.
FRAME: Mapping[str, Said] = {
    "about": {"zh": "把台账生成网站", "en": "turn a ledger into a site"},
    "usage": {"zh": "用法：", "en": "usage: "},
    "verbs": {"zh": "动词（不写就是 build）", "en": "verbs (build where there is none)"},
    "kinds": {"zh": "新建什么", "en": "what to make"},
    "words": {"zh": "依次写的", "en": "by their place"},
    "options": {"zh": "选项", "en": "options"},
    "help": {"zh": "显示这段说明", "en": "show this help"},
    "version": {"zh": "显示版本", "en": "show the version"},
    "default": {"zh": "，默认 {default}", "en": ", {default} by default"},
}

VERBS: Mapping[str, Said] = {
    "build": {"zh": "生成网站", "en": "build the site"},
    "check": {
        "zh": "检查内容，一次列出全部问题",
        "en": "check the content and list everything that is wrong with it",
    },
    "serve": {
        "zh": "生成网站并在本机打开，保存后自动刷新",
        "en": "build the site, open it on this machine, and rebuild it on save",
    },
    "explain": {
        "zh": "说明网站的一个文件由哪段程序、哪个模板生成，内容来自哪个文件哪一行",
        "en": "name the code and template that make a file of the site, and where its facts stand",
    },
    "schemas": {
        "zh": "写出内容文件和 tasks.json 的格式说明（JSON Schema），给编辑器和程序用",
        "en": "write the JSON Schemas of content files and of tasks.json, for editors and programs",
    },
    "import": {"zh": "把文件的任务表变成台账", "en": "turn the tasks of a notice into a ledger"},
    "new": {"zh": "新建：new city 建台账，new note 写进展", "en": "make something: city, note"},
    "new city": {"zh": "为一座城市建台账", "en": "make the ledger of a city"},
    "new note": {
        "zh": "写一条进展：带说明的空白文件",
        "en": "make a note: a blank file that explains itself",
    },
    "approve": {
        "zh": "审核通过：在一条记录后面记一级审核",
        "en": "approve a record: add one step to its review",
    },
    "history": {
        "zh": "一项任务的文件在 git 里改过什么",
        "en": "show what git says of a task's files",
    },
    "nginx": {"zh": "写出 nginx 配置", "en": "write the configuration of nginx"},
    "publish": {
        "zh": "把一个提交发布上线：生成、检查、整体替换、记录",
        "en": "publish a commit: build, check, replace the live site whole, and log it",
    },
    "rollback": {
        "zh": "退回此前上线的一版，不重新生成",
        "en": "make an earlier release live again, without building",
    },
    "status": {
        "zh": "现在上线的是哪一版，最近一次失败是为什么",
        "en": "show which release is live, and why the last failure was one",
    },
    "verify": {
        "zh": "逐个字节核对上线的一版",
        "en": "compare every byte of the live release with its digest",
    },
    "install-hooks": {
        "zh": "在裸仓库里装上钩子：推送时检查，推送后发布",
        "en": "install the hooks of a bare repository: check each push, then publish it",
    },
    "test": {
        "zh": "运行测试；其余的参数都交给 pytest，如 -k、-x、--accept、文件名",
        "en": "run the tests; all else is left to pytest: -k, -x, --accept, names of files",
    },
}

# By the option, or by the verb and the option where verbs mean different things by it.
OPTIONS: Mapping[str, Said] = {
    "--lang": {
        "zh": "提示和说明用的语言，写在动词前后都可以",
        "en": "the language of messages and help, before or after the verb",
    },
    "--content": {
        "zh": "台账文件夹，默认当前文件夹里的 content",
        "en": "the folder of the ledger; content in the current folder by default",
    },
    "--as-of": {
        "zh": "数据截至哪一天，默认今天",
        "en": "the day the site speaks about; today by default",
    },
    "--limit-files": {"zh": "最多几个文件", "en": "the most files"},
    "--limit-file-size": {"zh": "一个文件最大多少", "en": "the most bytes of one file"},
    "--limit-size": {
        "zh": "全部文件合起来最大多少",
        "en": "the most bytes of all files together",
    },
    "--limit-memory": {
        "zh": "读提交、生成网站的每个进程最多用多少内存",
        "en": "the most memory of each process that reads a commit and builds",
    },
    "--limit-time": {
        "zh": "读提交、生成网站最多用几秒",
        "en": "the most seconds for reading a commit and building",
    },
    "--audience": {
        "zh": "哪一版：公开版或内网版",
        "en": "whose site: the public's or the intranet's",
    },
    "check --audience": {
        "zh": "只有妨碍这一版的才算错，默认两版都查",
        "en": "count only what stops this audience's site; both by default",
    },
    "publish --audience": {
        "zh": "发布哪一版，默认已上线的，第一次两版都发布",
        "en": "whose site to publish; those that are live by default, or both",
    },
    "install-hooks --audience": {
        "zh": "发布哪一版，默认两版",
        "en": "whose site to publish; both by default",
    },
    "--root": {"zh": "发布文件夹", "en": "the folder of releases"},
    "check --root": {
        "zh": "和这里上线的一版比较，看有没有网址消失",
        "en": "compare with what is live here, and see whether an address vanishes",
    },
    "--repo": {
        "zh": "git 仓库：裸仓库或工作文件夹",
        "en": "the repository, bare or with a work tree",
    },
    "check --repo": {
        "zh": "检查这个 git 仓库里的提交，不看工作文件夹",
        "en": "check a commit of this repository, and no work tree",
    },
    "install-hooks --repo": {"zh": "裸仓库", "en": "the bare repository"},
    "--rev": {"zh": "哪个提交，默认 HEAD 或 main", "en": "which commit; HEAD or main by default"},
    "publish --content": {
        "zh": "台账在仓库里的路径",
        "en": "where the ledger lies in the repository",
    },
    "install-hooks --content": {
        "zh": "台账在仓库里的路径",
        "en": "where the ledger lies in the repository",
    },
    "--keep": {"zh": "保留几版", "en": "how many releases to keep"},
    "--trusted": {
        "zh": "用提交里的程序和模板生成",
        "en": "build by the program and the templates that were committed",
    },
    "build --out": {"zh": "写到哪个文件夹", "en": "the folder to write into"},
    "schemas --out": {"zh": "写到哪个文件夹", "en": "the folder to write into"},
    "build --clean": {
        "zh": "全部从头做起，每个文件都重写",
        "en": "start from nothing and write every file anew",
    },
    "check --format": {"zh": "写成哪一种", "en": "the form of the report"},
    "status --format": {"zh": "写成哪一种", "en": "the form of the answer"},
    "serve --port": {"zh": "端口", "en": "the port"},
    "explain page": {
        "zh": "网站里的地址，如 2025/tasks/023/、2025/updates/feed.xml",
        "en": "an address of the site, as 2025/tasks/023/ or 2025/updates/feed.xml",
    },
    "import file": {
        "zh": "文件：.txt、.docx、.xlsx、.html 或 .csv",
        "en": "the notice: .txt, .docx, .xlsx, .html or .csv",
    },
    "--year": {"zh": "哪一年，默认最新一年", "en": "which year; the newest by default"},
    "import --year": {"zh": "哪一年的台账", "en": "the year of the ledger"},
    "new city --year": {
        "zh": "哪一年，默认取自文件标题",
        "en": "which year; the notice's title says it by default",
    },
    "import --into": {
        "zh": "台账文件夹，默认当前文件夹里的 content",
        "en": "the folder of the ledger; content in the current folder by default",
    },
    "import --accept": {
        "zh": "确认原文的改动，更新 notice.lock",
        "en": "accept that the notice's words changed, and update notice.lock",
    },
    "new city name": {"zh": "城市名称，如 示例市", "en": "the city's name"},
    "new city --notice": {"zh": "文件，格式同 import", "en": "the notice, as import takes it"},
    "new city --into": {
        "zh": "建在哪个文件夹，默认与城市同名",
        "en": "the folder to make; named as the city by default",
    },
    "new note --task": {"zh": "序号", "en": "the task's number"},
    "new note --unit": {
        "zh": "报送的单位；不写就是公开记载",
        "en": "the unit that reports; without it the note is a public record",
    },
    "approve file": {
        "zh": "文件，如 content/2025/notes/023/2025-06-30-kejiju.md",
        "en": "the file, as content/2025/notes/023/2025-06-30-kejiju.md",
    },
    "approve --level": {
        "zh": "第几级，或 secrecy 保密审查",
        "en": "the number of the level, or secrecy for the secrecy review",
    },
    "approve --by": {
        "zh": "审核人的岗位，不写姓名",
        "en": "the post of who approves, and no name of a person",
    },
    "approve --at": {"zh": "日期，默认今天", "en": "the day; today by default"},
    "approve --entry": {
        "zh": "列表里的哪一条：编号，或从 1 数起的次序",
        "en": "which entry of a list: its id, or its number counted from 1",
    },
    "approve --result": {"zh": "保密审查的结果", "en": "the result of the secrecy review"},
    "approve --migrate": {
        "zh": "列出旧写法的审核，说明哪些可以换成新的",
        "en": "list the reviews of the older form, and which can be rewritten",
    },
    "approve --write": {"zh": "和 --migrate 一起：写入文件", "en": "with --migrate: rewrite them"},
    "history task": {"zh": "序号", "en": "the task's number"},
    "nginx --kind": {
        "zh": "公开版、内网版、内网版加 TLS",
        "en": "for the public, for the intranet, for the intranet with TLS",
    },
    "nginx --out": {
        "zh": "写到哪个文件，默认打印出来",
        "en": "the file to write; printed by default",
    },
    "nginx --server-name": {"zh": "域名", "en": "the server's names"},
    "nginx --path": {
        "zh": "网站在域名下的路径，如 /zdgz/",
        "en": "the path of the site on its host, as /zdgz/",
    },
    "nginx --port": {
        "zh": "端口，默认 80，有 TLS 时 443",
        "en": "the port; 80 by default, 443 with TLS",
    },
    "nginx --ipv4-only": {"zh": "不监听 IPv6", "en": "do not listen on IPv6"},
    "nginx --allow": {
        "zh": "能访问的网段，内网版默认私有网段",
        "en": "the networks that may come in; private ones by default for the intranet",
    },
    "nginx --auth-basic": {
        "zh": "口令文件，htpasswd 格式",
        "en": "a file of passwords, as htpasswd writes it",
    },
    "nginx --auth-request": {
        "zh": "登录系统的校验地址",
        "en": "the address at which a login system is asked",
    },
    "nginx --certificate": {"zh": "证书链", "en": "the chain of certificates"},
    "nginx --key": {"zh": "证书的私钥", "en": "the certificate's private key"},
    "nginx --brotli": {
        "zh": "nginx 装有 brotli_static 模块",
        "en": "nginx has the module brotli_static",
    },
    "nginx --root": {"zh": "publish 的 --root", "en": "the --root of publish"},
    "nginx --content": {
        "zh": "从它的 site.toml 取 base_url；可以没有",
        "en": "the ledger whose site.toml gives base_url; there need be none",
    },
    "publish --live": {
        "zh": "按今天重做已上线的提交，不换提交",
        "en": "build the live commit again for today, and no other",
    },
    "publish --force": {
        "zh": "被固定或没有变化也重新生成",
        "en": "build although it is pinned or nothing changed",
    },
    "publish --replace": {
        "zh": "准许这一个提交（写全名）上线，尽管它比上线的旧，或者不是接着上线的做的",
        "en": "let this commit (its full name) go live although it is older than what is live, "
        "or was not made on top of it",
    },
    "rollback --to": {
        "zh": "退到第几号，默认上一版",
        "en": "the number of the release; the one before by default",
    },
    "install-hooks --branch": {"zh": "发布哪个分支", "en": "the branch to publish"},
    "install-hooks --units": {
        "zh": "每夜重做的 systemd 单元也写好，放在这里",
        "en": "write the nightly units of systemd too, into this folder",
    },
    "test --all-tools": {
        "zh": "缺浏览器等工具算失败，不算跳过",
        "en": "fail where a tool such as a browser is missing, instead of skipping",
    },
    "test --coverage": {
        "zh": "量出代码的分支测到多少，比规定的少算失败",
        "en": "measure how many branches of the code are reached, and fail below the gate",
    },
    "test --full": {"zh": "连同耗时长的测试", "en": "with the tests that take long"},
    "test --quick": {
        "zh": "不要浏览器、服务器和整站的测试",
        "en": "without browsers, servers and whole sites",
    },
    "test --jobs": {
        "zh": "同时运行几个，默认有几个处理器就几个",
        "en": "how many at a time; as many as there are processors by default",
    },
}

# What a word has to be, said where it is not. By the name that stands for it in help.
VALUES: Mapping[str, Said] = {
    "DATE": {"zh": "日期，写作 2025-06-30", "en": "a day, as 2025-06-30"},
    "YEAR": {"zh": "年份，如 2025", "en": "a year, as 2025"},
    "N": {"zh": "序号，如 23", "en": "a number of a task, as 23"},
    "SEQ": {"zh": "第几号，见 status", "en": "a number of a release, as status shows it"},
    "LEVEL": {"zh": "1 到 9，或 secrecy", "en": "1 to 9, or secrecy"},
    "COUNT": {"zh": "1 到 1000 的整数", "en": "a whole number from 1 to 1000"},
    "FILES": {"zh": "不小于 1 的整数", "en": "a whole number from 1 on"},
    "SECONDS": {"zh": "秒数，不小于 1 的整数", "en": "seconds, a whole number from 1 on"},
    "SIZE": {"zh": "字节数，或者 500K、64M、2G", "en": "bytes, or 500K, 64M, 2G"},
    "PORT": {"zh": "1 到 65535 的整数", "en": "a whole number from 1 to 65535"},
    "DIR": {"zh": "文件夹的路径", "en": "a path of a folder"},
    "FILE": {"zh": "文件的路径", "en": "a path of a file"},
}
WRONG_VALUE: Said = {"zh": "“{given}”不行，应当是{wanted}", "en": "“{given}” is not {wanted}"}
