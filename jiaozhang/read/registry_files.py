"""units.yaml, districts.yaml, leaders.yaml, aliases.yaml and site.toml: shared by all years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar, get_args

from jiaozhang.files.fields import (
    BOOLEAN,
    DAY,
    SITE_ADDRESS,
    SLUG,
    Faults,
    Field,
    FieldKind,
    Shape,
    Values,
    choice,
    either,
    line_of_text,
    list_of,
    names,
    one_of_shape,
    read_fields,
    whole_number,
)
from jiaozhang.files.yaml_tree import Document, ListNode, Node
from jiaozhang.ledger.filed import Unsettled
from jiaozhang.ledger.public import (
    Alias,
    District,
    DistrictId,
    Leader,
    LeaderId,
    Unit,
    UnitId,
    UnitKind,
    Year,
)
from jiaozhang.ledger.settings import (
    SHAPES,
    USUAL,
    Contact,
    Official,
    Site,
    SiteKind,
    StandingKey,
    StandingStyle,
    Thresholds,
    Tone,
    ToneColour,
)
from jiaozhang.read.contact_address import CONTACT_ADDRESS
from jiaozhang.read.field_kinds import COLOUR, ICP, POLICE, SITE_CODE, typed
from jiaozhang.read.task_file import UNSETTLED_LIST

T = TypeVar("T")

_NAME = line_of_text(60)
_UNIT_KIND: FieldKind[UnitKind] = choice(
    "department", "district", "zone", "central", "enterprise", "organisation", "group"
)
_MEMBER_KIND: FieldKind[Literal["districts", "units"]] = choice("districts", "units")
_STANDING: FieldKind[SiteKind] = choice("unofficial", "official")

SLUG_FIELD = Field("slug", SLUG, "网址里的名字，定了就不改")
NAME = Field("name", _NAME, "文件里的叫法")
FULL_NAME = Field("full_name", line_of_text(100), "全称", required=False)
KIND = Field(
    "kind",
    _UNIT_KIND,
    "department 市级部门，district 区政府，zone 功能区管委会，central 中央驻地方机构，"
    "enterprise 企业，organisation 群团，group 合称",
)
ALIASES = Field("aliases", names(), "别的叫法，如 市发改委", required=False)
DISTRICT = Field("district", _NAME, "区政府是哪个区；功能区位于哪个区", required=False)
MEMBERS = Field(
    "members",
    either("unknown", names()),
    "合称包括哪些单位；文件没有写明就写 unknown",
    required=False,
)
MEMBER_KIND = Field("member_kind", _MEMBER_KIND, "合称的成员是区还是别的单位", required=False)
AS_OF = Field("as_of", DAY, "成员名单的日期", required=False)
SOURCE = Field("source", line_of_text(200), "成员名单的依据", required=False)
UNIT = Shape(
    "unit",
    (
        SLUG_FIELD,
        NAME,
        FULL_NAME,
        KIND,
        ALIASES,
        DISTRICT,
        MEMBERS,
        MEMBER_KIND,
        AS_OF,
        SOURCE,
        UNSETTLED_LIST,
    ),
)

CODE = Field("code", whole_number(100000, 999999), "GB/T 2260 行政区划代码", required=False)
# In place of a tile that could not be read, which is neither missing nor anybody else's.
UNREAD_TILE = (0, 0)
MOST_TILES = 12  # columns and rows of a grid that a screen still has room for
_PAIR = list_of(whole_number(1, MOST_TILES))


def _read_tile(node: Node, faults: Faults) -> tuple[int, int] | None:
    pair = _PAIR.read(node, faults)
    if pair is None:
        return None
    if len(pair) != 2:
        faults.add("tile-not-pair", node, count=len(pair))
        return None
    return pair[0], pair[1]


TILE = Field(
    "tile",
    FieldKind(
        _read_tile,
        {**_PAIR.schema, "minItems": 2, "maxItems": 2},
        f"[列, 行]，各从 1 到 {MOST_TILES}",
        lambda: UNREAD_TILE,
    ),
    "在方格图里的位置：大致方位，不是地图；各区都写或者都不写",
    required=False,
)
DISTRICT_SHAPE = Shape("district", (SLUG_FIELD, CODE, NAME, TILE, UNSETTLED_LIST))

DISPLAY = Field("display", line_of_text(30), "文件里的排法，如 张　玲", required=False)
LEADER = Shape("leader", (SLUG_FIELD, NAME, DISPLAY, UNSETTLED_LIST))

WORDS = Field("words", names(20), "大家的说法，如 停车位")
# A printed phrase may contain a Chinese comma; a mistyped one matches no ledger anyway.
MEANS = Field("means", list_of(line_of_text(40)), "台账里的原词，如 停车泊位")
ALIAS = Shape("alias", (WORDS, MEANS))


@dataclass(frozen=True, slots=True)
class Registered(Generic[T]):
    """An entry of a registry, its index in the file's list, and its unsettled fields."""

    value: T
    unsettled: tuple[Unsettled, ...]
    index: int


Registry = tuple[Registered[T], ...]


def _unit(v: Values) -> Unit:
    members = v.get(MEMBERS)
    return Unit(
        id=UnitId(v[SLUG_FIELD]),
        name=v[NAME],
        full_name=v.get(FULL_NAME) or v[NAME],
        kind=v[KIND],
        aliases=v.get(ALIASES) or (),
        district=v.get(DISTRICT),
        members=members if isinstance(members, tuple) else None,
        member_kind=v.get(MEMBER_KIND),
        members_as_of=v.get(AS_OF),
        members_source=v.get(SOURCE),
    )


def _district(v: Values) -> District:
    code = v.get(CODE)
    return District(DistrictId(v[SLUG_FIELD]), str(code) if code else None, v[NAME], v.get(TILE))


def _leader(v: Values) -> Leader:
    return Leader(LeaderId(v[SLUG_FIELD]), v[NAME], v.get(DISPLAY) or v[NAME])


def read_units(document: Document, faults: Faults) -> Registry[Unit]:
    return _registry(document, UNIT, _unit, faults)


def read_districts(document: Document, faults: Faults) -> Registry[District]:
    return _registry(document, DISTRICT_SHAPE, _district, faults)


def read_leaders(document: Document, faults: Faults) -> Registry[Leader]:
    return _registry(document, LEADER, _leader, faults)


def read_aliases(document: Document, faults: Faults) -> tuple[Alias, ...]:
    if isinstance(document.root, ListNode):
        read = (read_fields(node, ALIAS, faults) for node in document.root.items)
        return tuple(Alias(v[WORDS], v[MEANS]) for v in read if v)
    list_of(one_of_shape(ALIAS, lambda v: Alias(v[WORDS], v[MEANS]))).read(document.root, faults)
    return ()


def _registry(
    document: Document, shape: Shape, build: Callable[[Values], T], faults: Faults
) -> Registry[T]:
    """Parse a list of maps; items that are no map are omitted, the others keep their index."""
    if not isinstance(document.root, ListNode):
        list_of(one_of_shape(shape, build)).read(document.root, faults)
        return ()
    read = (read_fields(node, shape, faults) for node in document.root.items)
    return tuple(
        Registered(build(v), v.get(UNSETTLED_LIST) or (), index)
        for index, v in enumerate(read)
        if v
    )


def _string(kind: FieldKind[T]) -> FieldKind[T]:
    return typed("string", kind)


def _text_up_to(limit: int) -> FieldKind[str]:
    return _string(line_of_text(limit))


def _whole(low: int, high: int) -> FieldKind[int]:
    return typed("integer", whole_number(low, high))


C_LABEL = Field("label", _text_up_to(30), "联系方式的名称")
C_ADDRESS = Field(
    "address",
    _string(CONTACT_ADDRESS),
    "网址、mailto: 或 tel:；网址的问号后面可以有 {title} 和 {body}，填入出错那一页的标题和正文",
)
CONTACT = Shape("contact", (C_LABEL, C_ADDRESS))

SITE_NAME = Field("name", _text_up_to(40), "网站名称")
STANDING = Field("standing", _string(_STANDING), "unofficial 非官方整理，official 政府主办")
BASE_URL = Field("base_url", _string(SITE_ADDRESS), "网站的完整地址，站点地图要用", required=False)
CURRENT = Field("current", _whole(1949, 2199), "首页显示哪一年；不写就是最新一年", required=False)
INDEX = Field(
    "index", typed("boolean", BOOLEAN), "是否允许搜索引擎收录；非官方站默认 false", required=False
)
CONTACTS = Field(
    "contacts",
    list_of(one_of_shape(CONTACT, lambda v: Contact(v[C_LABEL], v[C_ADDRESS]))),
    "页脚的联系方式；“指出这一页的错误”用第一个能带上页面名称的（mailto:，或带 {title}、{body} "
    "的网址），都不能就用第一个",
    required=False,
)
_KEY: FieldKind[StandingKey] = choice(*get_args(StandingKey))
_TONE: FieldKind[Tone] = choice(*get_args(Tone))
Y_KEY = Field("key", _string(_KEY), "哪一种进展状态")
Y_WORD = Field("word", _text_up_to(16), "换一个说法", required=False)
Y_SHAPE = Field("shape", _string(choice(*SHAPES)), "换一个图形", required=False)
Y_TONE = Field("tone", _string(_TONE), "换一种色调", required=False)
STYLE = Shape("standings", (Y_KEY, Y_WORD, Y_SHAPE, Y_TONE))

Z_TONE = Field("tone", _string(_TONE), "哪一种色调")
Z_LIGHT = Field("light", _string(COLOUR), "浅色背景上的颜色")
Z_DARK = Field("dark", _string(COLOUR), "深色背景上的颜色")
TONE_COLOUR = Shape("colours", (Z_TONE, Z_LIGHT, Z_DARK))

SOON = Field(
    "soon_days", _whole(1, 365), f"到期前多少天算将到期，默认 {USUAL.soon_days}", required=False
)
BEHIND = Field(
    "behind_percent",
    _whole(0, 50),
    f"低于计划多少（占目标的百分之几）才算欠，默认 {USUAL.behind_percent}",
    required=False,
)
AHEAD = Field(
    "ahead_percent",
    _whole(0, 50),
    f"高于计划多少才算超，默认 {USUAL.ahead_percent}",
    required=False,
)
STYLES = Field(
    "standings",
    list_of(
        one_of_shape(
            STYLE, lambda v: StandingStyle(v[Y_KEY], v.get(Y_WORD), v.get(Y_SHAPE), v.get(Y_TONE))
        )
    ),
    "进展状态的说法、图形和色调",
    required=False,
)
COLOURS = Field(
    "colours",
    list_of(one_of_shape(TONE_COLOUR, lambda v: ToneColour(v[Z_TONE], v[Z_LIGHT], v[Z_DARK]))),
    "色调的颜色；和背景的对比度不足 4.5 的不接受",
    required=False,
)
O_ORGANISER = Field("organiser", _text_up_to(40), "主办单位")
O_OPERATOR = Field("operator", _text_up_to(40), "承办单位")
O_CODE = Field("site_code", _string(SITE_CODE), "网站标识码，10位数字")
O_ICP = Field("icp", _string(ICP), "ICP备案号，如 津ICP备00000000号-1")
O_POLICE = Field("police", _string(POLICE), "公安备案号，如 津公网安备00000000000000号")
OFFICIAL_SHAPE = Shape("official", (O_ORGANISER, O_OPERATOR, O_CODE, O_ICP, O_POLICE))


def _official(v: Values) -> Official:
    return Official(v[O_ORGANISER], v[O_OPERATOR], v[O_CODE], v[O_ICP], v[O_POLICE])


OFFICIAL = Field(
    "official",
    one_of_shape(OFFICIAL_SHAPE, _official),
    "政府主办的网站必须写明的各项（standing = official 时必填）",
    required=False,
)
SITE = Shape(
    "site",
    (
        SITE_NAME,
        STANDING,
        BASE_URL,
        CURRENT,
        INDEX,
        CONTACTS,
        OFFICIAL,
        SOON,
        BEHIND,
        AHEAD,
        STYLES,
        COLOURS,
    ),
)


def read_site(document: Document, faults: Faults) -> Site | None:
    """Parse site.toml."""
    v = read_fields(document.root, SITE, faults)
    if v is None:
        return None
    current, index = v.get(CURRENT), v.get(INDEX)
    return Site(
        name=v[SITE_NAME],
        standing=v[STANDING],
        base_url=(v.get(BASE_URL) or "").rstrip("/") or None,
        current=Year(current) if current else None,
        index=index == "true" if index else v[STANDING] == "official",
        contacts=v.get(CONTACTS) or (),
        official=v.get(OFFICIAL),
        thresholds=Thresholds(
            v.get(SOON) or USUAL.soon_days,
            USUAL.behind_percent if (behind := v.get(BEHIND)) is None else behind,
            USUAL.ahead_percent if (ahead := v.get(AHEAD)) is None else ahead,
        ),
        styles=v.get(STYLES) or (),
        colours=v.get(COLOURS) or (),
    )
