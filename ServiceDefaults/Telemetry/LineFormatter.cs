using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Delegation.ServiceDefaults.Telemetry;

/// <summary>The formatter has no options.</summary>
internal sealed class LineFormatterOptions : ConsoleFormatterOptions;

/// <summary>
/// One line for each entry: time (UTC), level, category, message, trace id, exception. Line breaks inside become <c> | </c> and other
/// control characters blanks, so that no value that somebody sent can forge an entry or drive a terminal.
/// </summary>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n\u0085\u2028\u2029");

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(DateTime.UtcNow.ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture));
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write(logEntry.Category);
        textWriter.Write(": ");
        WriteOnOneLine(textWriter, message);
        // The console writes later and elsewhere, but formats here, where the entry was made.
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            textWriter.Write(" trace=");
            textWriter.Write(activity.TraceId.ToHexString());
        }
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(" | ");
            WriteOnOneLine(textWriter, exception.ToString());
        }
        textWriter.Write('\n');
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce ",
        LogLevel.Debug => "dbug ",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "fail ",
        _ => "crit ",
    };

    private static void WriteOnOneLine(TextWriter writer, ReadOnlySpan<char> text)
    {
        for (var line = 0; !text.IsEmpty; line++)
        {
            var end = text.IndexOfAny(LineBreaks);
            var part = (end < 0 ? text : text[..end]).Trim();
            text = end < 0 ? [] : text[(end + 1)..];
            if (part.IsEmpty)
                continue;
            if (line > 0)
                writer.Write(" | ");
            foreach (var character in part)
                writer.Write(char.IsControl(character) ? ' ' : character);
        }
    }
}
