"""Patterns of question words: those that are removed from a query, and those that ask for a list.

They are valid in Python and JavaScript: the search page passes them to its script.
"""

from __future__ import annotations

from collections.abc import Mapping

QUESTIONS = (
    "请问|什么时候|什么时间|啥时候|何时|几月份?|哪一?年|哪一?天|多少[个家所套公里项亿万元人户处条座]*"
    "|有多少|几[个家所条]|由谁|谁来?|哪[些个里家]?个?(?:单位|部门|领导)?|怎么样?|如何|为什么|什么|是否|有没有|有无"
    "|能不能|会不会|要不要|可以|负责|牵头|主管|分管|进展|情况|完成|开通|通车|建成|建好|完工|到底|今年"
    "|修[好通完建]|盖好|[修吗呢吧啊呀的了要想在有是通建到]"
)

# Words that ask for a list of tasks and not for what a text says, by the name of the list.
ASKED: Mapping[str, str] = {
    "lapsed": (
        "逾期|超期|超时|过期|到期|过了期限|拖[延后拉]|延误|烂尾"
        "|(?:没有?|未|还没|尚未|未能)(?:按时|按期|如期)?(?:完成|办完|做完|完工|办结|兑现|落实)"
    ),
    "next": "[快将]要?到期|马上到期|接下来|下一?步|下个?月|[本这]个?月到期",
    "recent": "上个?月|[本这]个?月|最近|近期|近来|最新|新进展|新消息|[有的]变化",
    "silent": "[没无]有?(?:任何)?(?:公开)?(?:进展|记载|记录|消息|动静|数据|下文)|没查到|查不到",
}
