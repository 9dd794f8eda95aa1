"""Typer in Japanese: titles of the help, the word for usage, and mistakes in what was typed."""

import re
from typing import Any

import typer.rich_utils
from typer.core import TyperCommand, TyperGroup

_TITLES = {
    "OPTIONS_PANEL_TITLE": "オプション",
    "ARGUMENTS_PANEL_TITLE": "引数",
    "COMMANDS_PANEL_TITLE": "コマンド",
    "ERRORS_PANEL_TITLE": "誤り",
    "DEFAULT_STRING": "[既定: {}]",
}
_MISTAKES = {
    "NoSuchOption": "そのようなオプションはありません: {name}",
    "NoSuchCommand": "そのようなコマンドはありません",
    "BadOptionUsage": "オプションの値の有無が違います: {name}",
    "MissingParameter": "必要な値がありません: {name}",
    "BadParameter": "値が正しくありません: {name}",
    "UsageError": "余分な語があります: {value}",
}


def speak_japanese() -> None:
    """Set the words of Typer's help; it keeps them as module constants for this purpose."""
    for constant, words in _TITLES.items():
        setattr(typer.rich_utils, constant, words)


class Command(TyperCommand):
    """A command whose help is Japanese."""

    def get_usage(self, ctx: Any) -> str:
        """Say 使い方 for Usage."""
        return super().get_usage(ctx).replace("Usage:", "使い方:").replace("[OPTIONS]", "[オプション]")

    def get_help_option(self, ctx: Any) -> Any:
        """Explain --help in Japanese."""
        return _in_japanese(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands whose help is Japanese."""

    def get_usage(self, ctx: Any) -> str:
        """Say 使い方 for Usage."""
        usage = super().get_usage(ctx).replace("Usage:", "使い方:").replace("[OPTIONS]", "[オプション]")
        return usage.replace("COMMAND [ARGS]...", "コマンド …")

    def get_help_option(self, ctx: Any) -> Any:
        """Explain --help in Japanese."""
        return _in_japanese(super().get_help_option(ctx))


def mistake(error: Exception) -> str:
    """Say in Japanese what was wrong with the words of a call."""
    command = getattr(getattr(error, "ctx", None), "command", None)
    if isinstance(command, Group) and type(error).__name__ == "UsageError":
        return f"{_MISTAKES['NoSuchCommand']}。madoguchi --help で使い方を確かめてください。"
    name = getattr(error, "option_name", None) or _parameter_name(error)
    words = _MISTAKES.get(type(error).__name__, "書き方が正しくありません")
    extra = re.search(r"\(([^()]*)\)$", str(error))  # Typer names the words it cannot place in brackets
    said = words.format(name=name, value=extra[1] if extra else "")
    return f"{said}。madoguchi --help で使い方を確かめてください。"


def _parameter_name(error: Exception) -> str:
    parameter = getattr(error, "param", None)
    return " / ".join(getattr(parameter, "opts", ())) or str(error)


def _in_japanese(option: Any) -> Any:
    if option is not None:
        option.help = "この説明を表示して終わる"
    return option
