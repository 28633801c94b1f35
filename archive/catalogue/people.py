"""People with an account: what each may do, and what the audit log calls it."""

from __future__ import annotations

from archive.catalogue.states import Labelled


class Role(Labelled):
    """What a person may do; each may do what those before it may."""

    VIEWER = "viewer", "查阅"
    """Sees sources, runs, and what waits for a decision."""
    EDITOR = "editor", "编辑"
    """Adds, changes and removes sources, has them collected, decides about texts."""
    ADMIN = "admin", "管理"
    """Lets people in and out, and reads the audit log."""

    def may(self, needed: Role) -> bool:
        """Whether this role may do what needs that one."""
        roles = list(Role)
        return roles.index(self) >= roles.index(needed)


class Act(Labelled):
    """What somebody did: the actions of the audit log."""

    LOGIN = "login", "登录"
    LOGOUT = "logout", "退出"
    # Only in lines of before: attempts have a table of their own now.
    LOGIN_FAILED = "login_failed", "登录失败"
    # Noted once for a series of wrong passwords, not for each.
    LOGIN_SLOWED = "login_slowed", "多次登录失败，开始限速"
    # A form beyond one's role: pages show nobody such a button.
    ACT_REFUSED = "act_refused", "越权操作被拒绝"
    SESSIONS_ENDED = "sessions_ended", "结束所有登录"
    PASSWORD_CHANGED = "password_changed", "修改密码"
    FACTOR_SET = "factor_set", "启用两步验证"
    FACTOR_REMOVED = "factor_removed", "停用两步验证"
    CODES_RENEWED = "codes_renewed", "更换恢复码"
    CODE_USED = "code_used", "使用恢复码"

    ACCOUNT_ADDED = "account_added", "建立账号"
    ACCOUNT_INVITED = "account_invited", "邀请"
    INVITATION_TAKEN = "invitation_taken", "接受邀请"
    ACCOUNT_DISABLED = "account_disabled", "停用账号"
    ACCOUNT_ENABLED = "account_enabled", "启用账号"
    ROLE_CHANGED = "role_changed", "更改角色"
    RESET_OFFERED = "reset_offered", "发放重设密码链接"
    PASSWORD_RESET = "password_reset", "重设密码"

    SOURCE_ADDED = "source_added", "登记来源"
    SOURCE_PAUSED = "source_paused", "暂停来源"
    SOURCE_RESUMED = "source_resumed", "恢复采集来源"
    SOURCE_EDITED = "source_edited", "修改来源"
    SOURCE_MOVED = "source_moved", "更改来源网址"
    SOURCE_REMOVED = "source_removed", "移除来源"
    SOURCE_RESTORED = "source_restored", "找回来源"
    SOURCES_IMPORTED = "sources_imported", "导入来源表"
    GONE_ACCEPTED = "gone_accepted", "确认网页成批消失"
    DIGEST_SENT = "digest_sent", "发送摘要"
    PRUNED = "pruned", "清理采集记录"
    FEED_MADE = "feed_made", "生成订阅地址"
    FEED_ENDED = "feed_ended", "停用订阅地址"
    VERSION_ACCEPTED = "version_accepted", "采用新文本"
    VERSION_KEPT = "version_kept", "保留现有文本"
    COLLECT = "collect", "采集"
    FIND = "find", "查找栏目"
    IMPORT = "import", "导入"
    REBUILD = "rebuild", "重新读取"
    REINDEX = "reindex", "重建索引"
    SEAL = "seal", "封存采集记录"
    MIGRATE = "migrate", "更新数据库结构"


LINK_OFFERS = {"invite": Act.ACCOUNT_INVITED, "reset": Act.RESET_OFFERED}
"""What a one-time link is for → what making it is called."""
LINK_KINDS = {"invite": Act.INVITATION_TAKEN, "reset": Act.PASSWORD_RESET}
"""What a one-time link is for → what using it is called."""
