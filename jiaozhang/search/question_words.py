"""A pattern of question words, which are removed from a query.

It is valid in Python and JavaScript: the search page passes it to its script.
"""

from __future__ import annotations

QUESTIONS = (
    "请问|什么时候|什么时间|啥时候|何时|几月份?|哪一?年|哪一?天|多少[个家所套公里项亿万元人户处条座]*"
    "|有多少|几[个家所条]|由谁|谁来?|哪[些个里家]?个?(?:单位|部门|领导)?|怎么样?|如何|为什么|什么|是否|有没有|有无"
    "|能不能|会不会|要不要|可以|负责|牵头|主管|分管|进展|情况|完成|开通|通车|建成|建好|完工|到底|今年"
    "|修[好通完建]|盖好|[修吗呢吧啊呀的了要想在有是通建到]"
)
