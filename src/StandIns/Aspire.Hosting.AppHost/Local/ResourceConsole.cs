using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>The output of all resources on one screen: every line starts with the name of the resource that wrote it.</summary>
internal sealed partial class ResourceConsole : ILoggerProvider
{
    public const string CategoryPrefix = "Aspire.Hosting.Resources.";
    private const string Own = "apphost";
    private static readonly int[] Colours = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];

    private readonly Lock _lock = new();
    private readonly bool _coloured = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
    private readonly Dictionary<string, int> _colourOf = [];
    private int _width = Own.Length;

    public void Align(IEnumerable<string> names) => _width = Math.Max(_width, names.Select(name => name.Length).DefaultIfEmpty().Max());

    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith(CategoryPrefix, StringComparison.Ordinal)
        ? new Writer(this, categoryName[CategoryPrefix.Length..], isResource: true)
        : new Writer(this, Own, isResource: false);

    /// <summary>Writes text that belongs together, such as a table, without prefixes.</summary>
    public void WriteBlock(string text) => Write(Console.Out, text);

    public void WriteError(string message) => Write(Console.Error, Prefixed(Own, "error: " + message));

    public void Dispose()
    {
    }

    private void WriteLines(string name, string text) => Write(Console.Out, Prefixed(name, text));

    private void Write(TextWriter writer, string text)
    {
        lock (_lock)
        {
            try
            {
                writer.WriteLine(text);
            }
            catch (IOException)
            {
                // Whoever read our output is gone. The resources still have to be stopped in good order.
            }
        }
    }

    private string Prefixed(string name, string text)
    {
        var prefix = name.PadRight(_width) + " | ";
        if (_coloured && name != Own)
        {
            prefix = $"\e[{ColourOf(name)}m{prefix}\e[0m";
        }

        text = _coloured ? text : Colouring().Replace(text, "");
        return prefix + text.TrimEnd('\n').Replace("\n", "\n" + prefix, StringComparison.Ordinal);
    }

    // Services are told to write colours although their output is a pipe; where ours is a file they would only disturb.
    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colouring();

    private int ColourOf(string name)
    {
        lock (_lock)
        {
            if (!_colourOf.TryGetValue(name, out var colour))
            {
                _colourOf[name] = colour = Colours[_colourOf.Count % Colours.Length];
            }

            return colour;
        }
    }

    private sealed class Writer(ResourceConsole console, string name, bool isResource) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // A resource's line says by itself how serious it is.
            var level = (isResource, logLevel) switch
            {
                (false, LogLevel.Warning) => "warning: ",
                (false, LogLevel.Error or LogLevel.Critical) => "error: ",
                _ => "",
            };
            console.WriteLines(name, level + formatter(state, exception) + (exception is null ? "" : $"\n{exception}"));
        }
    }
}
