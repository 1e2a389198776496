"""The help of the command line: what verbs do, what options mean, and what each word may be."""

from __future__ import annotations

from collections.abc import Mapping

from jiaozhang.faults.messages import Language

Said = Mapping[Language, str]

# What frames every page of help.
FRAME: Mapping[str, Said] = {
    "about": {"zh": "把台账生成网站", "en": "build a website from a ledger"},
    "usage": {"zh": "用法：", "en": "usage: "},
    "verbs": {"zh": "动词（不写就是 build）", "en": "commands (build if omitted)"},
    "kinds": {"zh": "新建什么", "en": "what to create"},
    "words": {"zh": "依次写的", "en": "positional arguments"},
    "options": {"zh": "选项", "en": "options"},
    "help": {"zh": "显示这段说明", "en": "show this help"},
    "version": {"zh": "显示版本", "en": "show the version"},
    "default": {"zh": "，默认 {default}", "en": " (default: {default})"},
}

VERBS: Mapping[str, Said] = {
    "build": {"zh": "生成网站", "en": "build the site"},
    "check": {
        "zh": "检查内容，一次列出全部问题",
        "en": "check the content and list all problems",
    },
    "serve": {
        "zh": "生成网站并在本机打开，保存后自动刷新",
        "en": "build the site, open it on this computer, and rebuild it on save",
    },
    "explain": {
        "zh": "说明网站的一个文件由哪段程序、哪个模板生成，内容来自哪个文件哪一行",
        "en": "show which code and template produce a file of the site, and which file and line "
        "its content comes from",
    },
    "schemas": {
        "zh": "写出内容文件和 tasks.json 的格式说明（JSON Schema），给编辑器和程序用",
        "en": "write JSON Schemas of the content files and of tasks.json, for editors and programs",
    },
    "import": {
        "zh": "把文件的任务表变成台账",
        "en": "turn the task table of a notice into a ledger",
    },
    "new": {
        "zh": "新建：new city 建台账，new note 写进展",
        "en": "create a ledger (new city) or a note (new note)",
    },
    "new city": {"zh": "为一座城市建台账", "en": "create the ledger of a city"},
    "new note": {
        "zh": "写一条进展：带说明的空白文件",
        "en": "create a note: an empty file with instructions",
    },
    "approve": {
        "zh": "审核通过：在一条记录后面记一级审核",
        "en": "approve a record: add one review level to it",
    },
    "history": {
        "zh": "一项任务的文件在 git 里改过什么",
        "en": "show the git history of a task's files",
    },
    "nginx": {"zh": "写出 nginx 配置", "en": "write the nginx configuration"},
    "publish": {
        "zh": "把一个提交发布上线：生成、检查、整体替换、记录",
        "en": "publish a commit: build, check, replace the whole live site, and log it",
    },
    "rollback": {
        "zh": "退回此前上线的一版，不重新生成",
        "en": "return to an earlier release without rebuilding it",
    },
    "status": {
        "zh": "现在上线的是哪一版，最近一次失败是为什么",
        "en": "show the live release and why the last failed publish failed",
    },
    "verify": {
        "zh": "逐个字节核对上线的一版",
        "en": "check every byte of the live release",
    },
    "install-hooks": {
        "zh": "在裸仓库里装上钩子：推送时检查，推送后发布",
        "en": "install hooks in a bare repository: check on push, publish after it",
    },
    "test": {
        "zh": "运行测试；其余的参数都交给 pytest，如 -k、-x、--accept、文件名",
        "en": "run the tests; all other arguments go to pytest: -k, -x, --accept, file names",
    },
}

# By the option, or by the verb and the option where verbs mean different things by it.
OPTIONS: Mapping[str, Said] = {
    "--lang": {
        "zh": "提示和说明用的语言，写在动词前后都可以",
        "en": "language of messages and help, before or after the command",
    },
    "--content": {
        "zh": "台账文件夹，默认当前文件夹里的 content",
        "en": "ledger folder (default: content in the current folder)",
    },
    "--as-of": {
        "zh": "数据截至哪一天，默认今天",
        "en": "as-of date of the data (default: today)",
    },
    "--limit-files": {"zh": "最多几个文件", "en": "maximum number of files"},
    "--limit-file-size": {"zh": "一个文件最大多少", "en": "maximum size of one file"},
    "--limit-size": {
        "zh": "全部文件合起来最大多少",
        "en": "maximum total size of all files",
    },
    "--limit-memory": {
        "zh": "读提交、生成网站的每个进程最多用多少内存",
        "en": "maximum memory of each process that reads a commit and builds the site",
    },
    "--limit-time": {
        "zh": "读提交、生成网站最多用几秒",
        "en": "maximum seconds to read a commit and build the site",
    },
    "--audience": {
        "zh": "哪一版：公开版或内网版",
        "en": "which site: public or intranet",
    },
    "check --audience": {
        "zh": "只有妨碍这一版的才算错，默认两版都查",
        "en": "report as errors only what blocks this site (default: check both)",
    },
    "publish --audience": {
        "zh": "发布哪一版，默认已上线的，第一次两版都发布",
        "en": "which site to publish (default: the live ones; both the first time)",
    },
    "install-hooks --audience": {
        "zh": "发布哪一版，默认两版",
        "en": "which site to publish (default: both)",
    },
    "--root": {"zh": "发布文件夹", "en": "releases folder"},
    "check --root": {
        "zh": "和这里上线的一版比较，看有没有网址消失",
        "en": "compare with the live release in this folder, to find addresses that disappear",
    },
    "--repo": {
        "zh": "git 仓库：裸仓库或工作文件夹",
        "en": "git repository: bare or with a working tree",
    },
    "check --repo": {
        "zh": "检查这个 git 仓库里的提交，不看工作文件夹",
        "en": "check a commit of this git repository instead of the working tree",
    },
    "install-hooks --repo": {"zh": "裸仓库", "en": "bare repository"},
    "--rev": {"zh": "哪个提交，默认 HEAD 或 main", "en": "which commit (default: HEAD or main)"},
    "publish --content": {
        "zh": "台账在仓库里的路径",
        "en": "path of the ledger in the repository",
    },
    "install-hooks --content": {
        "zh": "台账在仓库里的路径",
        "en": "path of the ledger in the repository",
    },
    "--keep": {"zh": "保留几版", "en": "number of releases to keep"},
    "--trusted": {
        "zh": "用提交里的程序和模板生成",
        "en": "build with the program and templates in the commit",
    },
    "build --out": {"zh": "写到哪个文件夹", "en": "output folder"},
    "schemas --out": {"zh": "写到哪个文件夹", "en": "output folder"},
    "build --clean": {
        "zh": "全部从头做起，每个文件都重写",
        "en": "rebuild everything and rewrite every file",
    },
    "check --format": {"zh": "写成哪一种", "en": "output format"},
    "status --format": {"zh": "写成哪一种", "en": "output format"},
    "serve --port": {"zh": "端口", "en": "port"},
    "explain page": {
        "zh": "网站里的地址，如 2025/tasks/023/、2025/updates/feed.xml",
        "en": "address on the site, such as 2025/tasks/023/ or 2025/updates/feed.xml",
    },
    "import file": {
        "zh": "文件：.txt、.docx、.xlsx、.html 或 .csv",
        "en": "notice file: .txt, .docx, .xlsx, .html or .csv",
    },
    "--year": {"zh": "哪一年，默认最新一年", "en": "which year (default: the latest)"},
    "import --year": {"zh": "哪一年的台账", "en": "year of the ledger"},
    "new city --year": {
        "zh": "哪一年，默认取自文件标题",
        "en": "which year (default: from the title of the notice)",
    },
    "import --into": {
        "zh": "台账文件夹，默认当前文件夹里的 content",
        "en": "ledger folder (default: content in the current folder)",
    },
    "import --accept": {
        "zh": "确认原文的改动，更新 notice.lock",
        "en": "accept changes to the notice text and update notice.lock",
    },
    "new city name": {"zh": "城市名称，如 示例市", "en": "name of the city"},
    "new city --notice": {
        "zh": "文件，格式同 import",
        "en": "notice file, in the same formats as import",
    },
    "new city --into": {
        "zh": "建在哪个文件夹，默认与城市同名",
        "en": "folder to create (default: the name of the city)",
    },
    "new note --task": {"zh": "序号", "en": "task number"},
    "new note --unit": {
        "zh": "报送的单位；不写就是公开记载",
        "en": "reporting unit; if omitted, the note is a public record",
    },
    "approve file": {
        "zh": "文件，如 content/2025/notes/023/2025-06-30-kejiju.md",
        "en": "file, such as content/2025/notes/023/2025-06-30-kejiju.md",
    },
    "approve --level": {
        "zh": "第几级，或 secrecy 保密审查",
        "en": "level number, or secrecy for the secrecy review",
    },
    "approve --by": {
        "zh": "审核人的岗位，不写姓名",
        "en": "post of the reviewer, not a personal name",
    },
    "approve --at": {"zh": "日期，默认今天", "en": "date (default: today)"},
    "approve --entry": {
        "zh": "列表里的哪一条：编号，或从 1 数起的次序",
        "en": "entry in the list: its id, or its position counted from 1",
    },
    "approve --result": {"zh": "保密审查的结果", "en": "result of the secrecy review"},
    "approve --migrate": {
        "zh": "列出旧写法的审核，说明哪些可以换成新的",
        "en": "list reviews in the old format and say which can be converted",
    },
    "approve --write": {
        "zh": "和 --migrate 一起：写入文件",
        "en": "with --migrate: write the converted reviews to the files",
    },
    "history task": {"zh": "序号", "en": "task number"},
    "nginx --kind": {
        "zh": "公开版、内网版、内网版加 TLS",
        "en": "public, intranet, or intranet with TLS",
    },
    "nginx --out": {
        "zh": "写到哪个文件，默认打印出来",
        "en": "output file (default: print to standard output)",
    },
    "nginx --server-name": {"zh": "域名", "en": "server names"},
    "nginx --path": {
        "zh": "网站在域名下的路径，如 /zdgz/",
        "en": "path of the site on its domain, such as /zdgz/",
    },
    "nginx --port": {
        "zh": "端口，默认 80，有 TLS 时 443",
        "en": "port (default: 80, with TLS 443)",
    },
    "nginx --ipv4-only": {"zh": "不监听 IPv6", "en": "do not listen on IPv6"},
    "nginx --allow": {
        "zh": "能访问的网段，内网版默认私有网段",
        "en": "networks allowed to connect (default for the intranet: private networks)",
    },
    "nginx --auth-basic": {
        "zh": "口令文件，htpasswd 格式",
        "en": "password file in htpasswd format",
    },
    "nginx --auth-request": {
        "zh": "登录系统的校验地址",
        "en": "authentication address of the login system",
    },
    "nginx --certificate": {"zh": "证书链", "en": "certificate chain"},
    "nginx --key": {"zh": "证书的私钥", "en": "private key of the certificate"},
    "nginx --brotli": {
        "zh": "nginx 装有 brotli_static 模块",
        "en": "nginx has the brotli_static module",
    },
    "nginx --root": {"zh": "publish 的 --root", "en": "releases folder, the --root of publish"},
    "nginx --content": {
        "zh": "从它的 site.toml 取 base_url；可以没有",
        "en": "ledger whose site.toml provides base_url; optional",
    },
    "publish --live": {
        "zh": "按今天重做已上线的提交，不换提交",
        "en": "rebuild the live commit for today instead of changing to another",
    },
    "publish --force": {
        "zh": "被固定或没有变化也重新生成",
        "en": "build even if the commit is pinned or nothing changed",
    },
    "publish --replace": {
        "zh": "准许这一个提交（写全名）上线，尽管它比上线的旧，或者不是接着上线的做的",
        "en": "allow this commit (full hash) to go live although it is older than the live one "
        "or not based on it",
    },
    "rollback --to": {
        "zh": "退到第几号，默认上一版",
        "en": "release number (default: the previous release)",
    },
    "install-hooks --branch": {"zh": "发布哪个分支", "en": "branch to publish"},
    "install-hooks --units": {
        "zh": "每夜重做的 systemd 单元也写好，放在这里",
        "en": "also write systemd units for the nightly rebuild, into this folder",
    },
    "test --all-tools": {
        "zh": "缺浏览器等工具算失败，不算跳过",
        "en": "fail instead of skipping when a tool such as a browser is missing",
    },
    "test --coverage": {
        "zh": "量出代码的分支测到多少，比规定的少算失败",
        "en": "measure branch coverage and fail below the required level",
    },
    "test --full": {"zh": "连同耗时长的测试", "en": "include slow tests"},
    "test --quick": {
        "zh": "不要浏览器、服务器和整站的测试",
        "en": "skip tests that need browsers, servers or whole sites",
    },
    "test --jobs": {
        "zh": "同时运行几个，默认有几个处理器就几个",
        "en": "number of parallel workers (default: the number of processors)",
    },
}

# What a word has to be, said where it is not. By the name that stands for it in help.
VALUES: Mapping[str, Said] = {
    "DATE": {"zh": "日期，写作 2025-06-30", "en": "a date such as 2025-06-30"},
    "YEAR": {"zh": "年份，如 2025", "en": "a year such as 2025"},
    "N": {"zh": "序号，如 23", "en": "a task number such as 23"},
    "SEQ": {"zh": "第几号，见 status", "en": "a release number as shown by status"},
    "LEVEL": {"zh": "1 到 9，或 secrecy", "en": "a number from 1 to 9, or secrecy"},
    "COUNT": {"zh": "1 到 1000 的整数", "en": "an integer from 1 to 1000"},
    "FILES": {"zh": "不小于 1 的整数", "en": "an integer of at least 1"},
    "SECONDS": {
        "zh": "秒数，不小于 1 的整数",
        "en": "a number of seconds, an integer of at least 1",
    },
    "SIZE": {
        "zh": "字节数，或者 500K、64M、2G",
        "en": "a number of bytes, or a size such as 500K, 64M, 2G",
    },
    "PORT": {"zh": "1 到 65535 的整数", "en": "an integer from 1 to 65535"},
    "DIR": {"zh": "文件夹的路径", "en": "the path of a folder"},
    "FILE": {"zh": "文件的路径", "en": "the path of a file"},
}
WRONG_VALUE: Said = {"zh": "“{given}”不行，应当是{wanted}", "en": "“{given}” is not {wanted}"}
