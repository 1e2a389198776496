"""The words of the command line: verbs, options and their limits."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from jiaozhang.faults.escaping import as_lines
from jiaozhang.faults.reports import WRITERS
from jiaozhang.files.bounds import DEFAULT, Bounds
from jiaozhang.server.nginx_config import KINDS
from jiaozhang.wall.audience import Audience

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class _Parser(argparse.ArgumentParser):
    """Repeats what it was given, names of files too, without what a terminal would obey."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        super()._print_message(as_lines(message), file)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the words of a call; one that makes no sense ends the process with a line of usage.

    What `test` does not know itself stands in `pytest`, in the order given.
    """
    top = parser()
    options, others = top.parse_known_args(words)
    if others and options.verb != "test":
        top.error(f"unrecognized arguments: {' '.join(others)}")
    options.pytest = [word for word in others if word != "--"]
    if options.verb == "approve" and not options.migrate:
        missing = [name for name in ("file", "level", "by") if getattr(options, name) is None]
        if missing or options.write:
            top.error("approve: FILE --level N --by POST, or --migrate [--write]")
    return options


def parser() -> argparse.ArgumentParser:
    """Make the parser of every verb and its options."""
    top: argparse.ArgumentParser = _Parser(
        prog="build.py", description="把台账生成网站 / turn a ledger into a site"
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    build_ = _verb(verbs, "build", "生成网站（不写动词时就是它）")
    _content_options(build_)
    build_.add_argument("--audience", choices=("public", "intranet", "all"), default="public")
    build_.add_argument("--out", default="dist", help="写到哪个文件夹，默认 dist")
    build_.add_argument("--clean", action="store_true", help="全部从头做起，每个文件都重写")
    check_ = _verb(verbs, "check", "检查内容，一次列出全部问题")
    _content_options(check_)
    check_.add_argument("--format", choices=tuple(WRITERS), default="text")
    check_.add_argument(
        "--audience", choices=("public", "intranet"), default=None, help="只有妨碍这一版的才算错"
    )
    check_.add_argument("--repo", default=None, help="检查这个 git 仓库里的提交，不看工作文件夹")
    check_.add_argument("--rev", default=None, help="哪个提交，默认 HEAD 或 main")
    check_.add_argument("--root", default=None, help="和这里上线的一版比较，看有没有网址消失")
    _cost_options(check_)
    serve_ = _verb(verbs, "serve", "生成网站并在本机打开，保存后自动刷新")
    _content_options(serve_)
    serve_.add_argument("--audience", choices=("public", "intranet"), default="public")
    serve_.add_argument("--port", type=_port, default=8000)
    explain_ = _verb(verbs, "explain", "说明一个页面上的内容来自哪个文件哪一行")
    _content_options(explain_)
    explain_.add_argument("page", help="页面地址，如 2025/tasks/023/")
    explain_.add_argument("--audience", choices=("public", "intranet"), default="public")
    import_ = _verb(verbs, "import", "把文件的任务表变成台账")
    import_.add_argument("file", help="文件：.txt、.docx、.xlsx、.html 或 .csv")
    import_.add_argument("--year", type=_year, required=True)
    import_.add_argument("--into", default=None, help="台账文件夹，默认 build.py 旁边的 content")
    import_.add_argument("--accept", action="store_true", help="确认原文的改动，更新 notice.lock")
    _new(verbs)
    approve_ = _verb(verbs, "approve", "审核通过：在一条记录后面记一级审核")
    approve_.add_argument(
        "file", nargs="?", default=None, help="文件，如 content/2025/notes/023/2025-06-30-kejiju.md"
    )
    approve_.add_argument("--level", type=_level, default=None, help="第几级，或 secrecy 保密审查")
    approve_.add_argument("--by", default=None, metavar="POST", help="审核人的岗位，不写姓名")
    approve_.add_argument("--at", type=_date, default=None, metavar="DATE", help="日期，默认今天")
    approve_.add_argument("--entry", default=None, help="列表里的哪一条：编号，或从 1 数起的次序")
    approve_.add_argument(
        "--migrate", action="store_true", help="列出旧写法的审核，说明哪些可以换成新的"
    )
    approve_.add_argument("--write", action="store_true", help="和 --migrate 一起：写入文件")
    approve_.add_argument("--result", choices=("可公开", "不公开"), default="可公开")
    approve_.add_argument(
        "--content", default=None, help="台账文件夹，默认 build.py 旁边的 content"
    )
    history_ = _verb(verbs, "history", "一项任务的文件在 git 里改过什么")
    history_.add_argument("task", type=int, help="序号")
    history_.add_argument("--year", type=_year, default=None, help="哪一年，默认最新一年")
    history_.add_argument(
        "--content", default=None, help="台账文件夹，默认 build.py 旁边的 content"
    )
    _nginx(verbs)
    _operators(verbs)
    _test(verbs)
    return top


def _test(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "test", "运行测试；其余的参数都交给 pytest，如 -k、-x、--accept、文件名")
    # A shortened option may be one of pytest's.
    verb.allow_abbrev = False
    verb.add_argument("--all-tools", action="store_true", help="缺浏览器等工具算失败，不算跳过")
    length = verb.add_mutually_exclusive_group()
    length.add_argument("--full", action="store_true", help="连同耗时长的测试")
    length.add_argument("--quick", action="store_true", help="不要浏览器、服务器和整站的测试")
    verb.add_argument(
        "--jobs",
        type=_count,
        default=None,
        help="同时运行几个，默认有几个处理器就几个",
    )


def bounds_of(options: argparse.Namespace) -> Bounds:
    """How much a content may hold, as it was asked for."""
    return Bounds(options.limit_files, options.limit_file_size, options.limit_size)


def audiences_to_check(options: argparse.Namespace) -> tuple[Audience, ...]:
    """Whose sites a check builds: a push waits for it, so no more than was asked about."""
    given: Audience | None = options.audience
    return (given,) if given else get_args(Audience)


def _operators(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    publish_ = _verb(verbs, "publish", "把一个提交发布上线：生成、检查、整体替换、记录")
    publish_.add_argument("--repo", required=True, help="git 仓库：裸仓库或工作文件夹")
    publish_.add_argument("--rev", default=None, help="哪个提交，默认 HEAD 或 main")
    _hosting_options(publish_)
    publish_.add_argument("--as-of", type=_date, default=None, metavar="DATE", help="数据截至")
    publish_.add_argument("--live", action="store_true", help="按今天重做已上线的提交，不换提交")
    publish_.add_argument("--force", action="store_true", help="被固定或没有变化也重新生成")
    publish_.add_argument(
        "--replace",
        default=None,
        metavar="COMMIT",
        help="准许这一个提交（写全名）上线，尽管它比上线的旧，或者不是接着上线的做的",
    )
    rollback_ = _verb(verbs, "rollback", "退回此前上线的一版，不重新生成")
    _root_option(rollback_)
    rollback_.add_argument("--to", type=int, default=None, metavar="SEQ", help="退到第几号")
    status_ = _verb(verbs, "status", "现在上线的是哪一版，最近一次失败是为什么")
    _root_option(status_)
    status_.add_argument("--format", choices=("text", "json"), default="text")
    verify_ = _verb(verbs, "verify", "逐个字节核对上线的一版")
    _root_option(verify_)
    hooks_ = _verb(verbs, "install-hooks", "在裸仓库里装上钩子：推送时检查，推送后发布")
    hooks_.add_argument("--repo", required=True, help="裸仓库")
    hooks_.add_argument("--branch", default="main", help="发布哪个分支，默认 main")
    hooks_.add_argument(
        "--units", default=None, metavar="DIR", help="每夜重做的 systemd 单元也写好，放在这里"
    )
    _hosting_options(hooks_)


def _hosting_options(verb: argparse.ArgumentParser) -> None:
    _root_option(verb)
    verb.add_argument("--content", default="content", help="台账在仓库里的路径，默认 content")
    verb.add_argument("--audience", choices=("public", "intranet", "all"), default=None)
    verb.add_argument("--keep", type=_count, default=5, help="保留几版，默认 5")
    verb.add_argument("--trusted", action="store_true", help="用提交里的程序和模板生成")
    _bound_options(verb)
    _cost_options(verb)


def _bound_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--limit-files", type=_files, default=DEFAULT.files, metavar="N", help="最多几个文件"
    )
    verb.add_argument(
        "--limit-file-size",
        type=_size,
        default=DEFAULT.file,
        metavar="SIZE",
        help="一个文件最大多少，默认 2M",
    )
    verb.add_argument(
        "--limit-size",
        type=_size,
        default=DEFAULT.total,
        metavar="SIZE",
        help="全部文件合起来最大多少，默认 512M",
    )


def _cost_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--limit-memory",
        type=_size,
        default=2 << 30,
        metavar="SIZE",
        help="读提交、生成网站的每个进程最多用多少内存，默认 2G",
    )
    verb.add_argument(
        "--limit-time",
        type=_seconds,
        default=600,
        metavar="SECONDS",
        help="读提交、生成网站最多用几秒，默认 600",
    )


def _root_option(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--root", required=True, metavar="DIR", help="发布文件夹")


def _new(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    top = verbs.add_parser("new", help="新建：new city 建台账，new note 写进展")
    kinds = top.add_subparsers(dest="what", required=True, metavar="WHAT")
    city = _verb(kinds, "city", "为一座城市建台账")
    city.add_argument("name", help="城市名称，如 示例市")
    city.add_argument("--notice", required=True, help="文件，格式同 import")
    city.add_argument("--year", type=_year, default=None, help="哪一年；默认取自文件标题")
    city.add_argument("--into", default=None, help="建在哪个文件夹，默认与城市同名")
    note = _verb(kinds, "note", "写一条进展：带说明的空白文件")
    note.add_argument("--task", type=int, required=True, help="序号")
    note.add_argument("--unit", default=None, help="报送的单位；不写就是公开记载")
    note.add_argument("--year", type=_year, default=None, help="哪一年，默认最新一年")
    note.add_argument("--content", default=None, help="台账文件夹，默认 build.py 旁边的 content")


def _nginx(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = _verb(verbs, "nginx", "写出 nginx 配置")
    verb.add_argument("--root", required=True, metavar="DIR", help="publish 的 --root")
    verb.add_argument("--kind", required=True, choices=KINDS, help="公开版、内网版、内网版加 TLS")
    verb.add_argument("--out", default=None, metavar="FILE", help="写到哪个文件，默认打印出来")
    verb.add_argument("--server-name", nargs="+", default=(), metavar="NAME", help="域名")
    verb.add_argument("--path", default=None, help="网站在域名下的路径，如 /zdgz/")
    verb.add_argument("--port", type=_port, default=None, help="端口，默认 80，有 TLS 时 443")
    verb.add_argument("--ipv4-only", action="store_true", help="不监听 IPv6")
    verb.add_argument(
        "--allow", nargs="+", default=None, metavar="CIDR", help="能访问的网段，内网版默认私有网段"
    )
    auth = verb.add_mutually_exclusive_group()
    auth.add_argument("--auth-basic", default=None, metavar="FILE", help="口令文件，htpasswd 格式")
    auth.add_argument("--auth-request", default=None, metavar="URL", help="登录系统的校验地址")
    verb.add_argument("--certificate", default=None, metavar="FILE", help="证书链")
    verb.add_argument("--key", default=None, metavar="FILE", help="证书的私钥")
    verb.add_argument("--brotli", action="store_true", help="nginx 装有 brotli_static 模块")
    verb.add_argument("--content", default=None, help="从它的 site.toml 取 base_url；可以没有")


def _verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_: str
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=help_, description=help_)
    verb.add_argument("--lang", choices=("zh", "en"), default="zh", help="提示用的语言")
    return verb


def _content_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--content", default=None, help="台账文件夹，默认 build.py 旁边的 content")
    verb.add_argument("--as-of", type=_date, default=None, metavar="DATE", help="数据截至哪一天")
    _bound_options(verb)


def _date(text: str) -> date:
    return date.fromisoformat(text)


def _level(text: str) -> int | Literal["secrecy"]:
    if text == "secrecy":
        return "secrecy"
    if not (text.isdigit() and 1 <= int(text) <= 9):
        raise ValueError(text)
    return int(text)


def _year(text: str) -> int:
    if not (text.isdigit() and 1949 <= int(text) <= 2199):
        raise ValueError(text)
    return int(text)


def _count(text: str) -> int:
    if not (text.isdigit() and 1 <= int(text) <= 1000):
        raise ValueError(text)
    return int(text)


def _files(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) >= 1 and len(text) <= 9):
        raise ValueError(text)
    return int(text)


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) >= 1 and len(text) <= 6):
        raise ValueError(text)
    return int(text)


def _size(text: str) -> int:
    """Bytes: a number, or one with K, M or G behind it."""
    found = re.fullmatch(r"([1-9][0-9]{0,11})([KMG]?)", text, re.ASCII)
    if not found:
        raise ValueError(text)
    return int(found[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[found[2]]


def _port(text: str) -> int:
    if not (text.isdigit() and 1 <= int(text) <= 65535):
        raise ValueError(text)
    return int(text)
