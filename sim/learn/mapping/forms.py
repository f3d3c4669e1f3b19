"""The register of the kinds of tables that records come in, and the published names of their columns.

The names are those of GB/T 39046—2020 (政务服务平台基础数据规范), of its exchange tables `pro_*`, and of the ministry's
工程建设项目审批管理系统数据共享交换标准 (`SPGL_*`, versions 2 and 3); of a plain table of events, the usual ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.core.register import register
from sim.spec.base import Name


@dataclass(frozen=True)
class Field:
    """What a column holds."""

    id: str
    words: tuple[str, ...]
    """Names that columns have for it, the published ones first."""
    needed: bool = False
    """Whether the table says nothing without it."""


@dataclass(frozen=True)
class TableKind:
    """A kind of table."""

    id: str
    name: Name
    fields: tuple[Field, ...]
    named: tuple[str, ...]
    """Parts of the names that such tables have, in small letters."""

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields without which it says nothing."""
        return tuple(field.id for field in self.fields if field.needed)


_APPLICATION = Field(
    "application", ("办件编号", "project_no", "业务编号", "办件编码", "申请编号", "受理编号"), needed=True
)
_INSTANCE = Field("application", ("SPSXSLBM", "审批事项实例编码", "实例编码"), needed=True)
_PROJECT = Field("case", ("GCDM", "工程代码", "XMDM", "项目代码"))
_VALID = (Field("valid", ("SJYXBS", "数据有效标识")), Field("uploaded", ("SJSCZT", "数据上传状态")))
_OFFICER = Field(
    "officer", ("环节处理人", "BLR", "办理人", "受理人员", "handle_user_name", "经办人", "officer", "resource", "user")
)
_DEPARTMENT = Field(
    "department",
    (
        "处理单位名称",
        "受理单位名称",
        "SPBMMC",
        "审批部门名称",
        "SPBMBM",
        "审批部门编码",
        "DWMC",
        "单位名称",
        "org_name",
        "org_code",
        "实施主体",
        "办理部门",
        "部门",
        "department",
        "office",
    ),
)
_ITEM = Field(
    "step", ("事项名称", "SPSXBM", "审批事项编码", "task_name", "SPSXMC", "实施编码", "task_code", "事项编码")
)

KINDS = register(
    [
        TableKind(
            "events",
            Name(zh="事件表", en="table of events"),
            (
                Field(
                    "case",
                    ("案件", "案件编号", "case", "case_id", "caseid", "case:concept:name", "项目编号", "流水号"),
                    needed=True,
                ),
                Field(
                    "step",
                    ("环节", "步骤", "事项", "step", "activity", "concept:name", "task", "event", "办理环节"),
                    needed=True,
                ),
                Field(
                    "moment",
                    (
                        "时间",
                        "办理时间",
                        "完成时间",
                        "moment",
                        "completed",
                        "timestamp",
                        "time:timestamp",
                        "time",
                        "date",
                        "complete",
                        "completetime",
                    ),
                ),
                Field("start", ("开始时间", "start", "started", "start_time", "starttime", "begin")),
                Field("end", ("结束时间", "end", "ended", "end_time", "endtime", "finish")),
                Field("status", ("状态", "办理状态", "status", "lifecycle:transition", "动作", "action")),
                _OFFICER,
                _DEPARTMENT,
                Field("application", ("办件编号", "application", "instance")),
                Field("limit", ("时限", "limit", "承诺时限", "办理时限")),
            ),
            ("event", "log", "事件", "日志", "cases"),
        ),
        TableKind(
            "files",
            Name(zh="办事申请与受理（GB/T 39046 表 5、6）", en="applications (GB/T 39046, tables 5, 6)"),
            (
                _APPLICATION,
                Field("case", ("投资项目编号", "项目代码", "invest_project_no", "项目编号")),
                _ITEM,
                Field("submitted", ("申请时间", "apply_date", "收件时间")),
                Field("accepted", ("受理时间", "accept_date")),
                Field("due", ("承诺办结时间", "promise_date")),
                Field("limit", ("承诺办结时限", "承诺时限", "法定办结时限", "promise_limit")),
                Field("channel", ("申报来源代码", "办理形式", "申报来源", "apply_type", "受理方式")),
                Field("promised", ("告知承诺", "是否告知承诺", "审批方式")),
                _DEPARTMENT,
                _OFFICER,
            ),
            ("accept", "申请", "受理", "apply"),
        ),
        TableKind(
            "handlings",
            Name(zh="事项办理（GB/T 39046 表 7）", en="handlings (GB/T 39046, table 7)"),
            (
                _APPLICATION,
                Field("activity", ("环节名称", "办理环节名称", "process_name", "办理环节"), needed=True),
                Field("start", ("环节开始时间", "event_start_time"), needed=True),
                Field("end", ("环节结束时间", "event_end_time")),
                Field("action", ("业务动作", "event_name")),
                _OFFICER,
                _DEPARTMENT,
                Field("special", ("特别程序种类", "special_type")),
                Field("special_start", ("特别程序开始时间",)),
                Field("special_end", ("特别程序结束时间",)),
            ),
            ("process", "办理"),
        ),
        TableKind(
            "results",
            Name(zh="事项办结（GB/T 39046 表 8）", en="results (GB/T 39046, table 8)"),
            (
                _APPLICATION,
                Field("decided", ("办结时间", "result_date"), needed=True),
                Field("result", ("办结结果", "result_type", "结果", "办理结果")),
            ),
            ("result", "办结"),
        ),
        TableKind(
            "procedures",
            Name(zh="特别程序（GB/T 39046、pro_special_procedure）", en="special procedures (GB/T 39046)"),
            (
                _APPLICATION,
                Field("start", ("特别程序开始时间", "special_time", "特别程序启动时间"), needed=True),
                Field("end", ("特别程序结束时间", "end_time")),
                Field("special", ("特别程序种类", "special_type", "special_name", "特别程序种类名称")),
            ),
            ("special", "特别程序"),
        ),
        TableKind(
            "items",
            Name(zh="事项办理信息（SPGL_XMSPSXBLXXB）", en="items under way (SPGL_XMSPSXBLXXB)"),
            (
                _INSTANCE,
                Field("case", _PROJECT.words, needed=True),
                Field("step", ("SPSXBM", "审批事项编码", "SPSXMC"), needed=True),
                _DEPARTMENT,
                Field("channel", ("SLFS", "受理方式")),
                Field("bundle", ("BLSPSLBM", "并联审批实例编码")),
                Field("limit", ("SXBLSX", "事项办理时限"), needed=True),
                Field("promised", ("SXGZCNZSPQK", "告知承诺制审批情况")),
                *_VALID,
            ),
            ("xmspsxblxxb", "spsxblxxb"),
        ),
        TableKind(
            "details",
            Name(zh="事项办理详细信息（SPGL_XMSPSXBLXXXXB）", en="the log of items (SPGL_XMSPSXBLXXXXB)"),
            (
                _INSTANCE,
                _PROJECT,
                Field("status", ("BLZT", "办理状态"), needed=True),
                Field("moment", ("BLSJ", "办理时间"), needed=True),
                _OFFICER,
                Field("department", ("DWMC", "BLCS", "办理处室")),
                *_VALID,
            ),
            ("xmspsxblxxxxb", "spsxblxxxxb"),
        ),
        TableKind(
            "specials",
            Name(zh="特别程序信息（SPGL_XMSPSXBLTBCXXXB）", en="special procedures (SPGL_XMSPSXBLTBCXXXB)"),
            (
                _INSTANCE,
                Field("special", ("TBCXMC", "TBCX", "特别程序名称")),
                Field("start", ("TBCXKSSJ", "特别程序开始时间"), needed=True),
                Field("end", ("TBCXJSSJ",)),
                Field("limit_unit", ("TBCXSXLX",)),
                Field("limit", ("TBCXSX",), needed=True),
                *_VALID,
            ),
            ("tbcxxxb",),
        ),
        TableKind(
            "limits",
            Name(zh="阶段事项（SPGL_DFXMSPLCJDSXXXB）", en="the items of a stage (SPGL_DFXMSPLCJDSXXXB)"),
            (
                Field("step", ("SPSXBM", "审批事项编码", "事项编码", "事项名称", "step", "实施编码"), needed=True),
                Field("name", ("SPSXMC", "审批事项名称", "name")),
                Field("limit", ("SPSXBLSX", "承诺办结时限", "CNBJSX", "limit"), needed=True),
                Field("before", ("QZSPSXBM", "前置审批事项", "before")),
                Field("version", ("SPLCBBH", "版本号", "version")),
            ),
            ("splcjdsxxxb", "事项清单", "limits"),
        ),
    ]
)
"""Id → every kind of table."""
