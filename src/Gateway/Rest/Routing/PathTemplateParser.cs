using System.Buffers;
using System.Text.RegularExpressions;

namespace Delegation.Gateway.Rest.Routing;

/// <summary>
/// Reads a path template, strictly: <c>Template = "/" Segments [":" Literal]; Segments = Segment {"/" Segment}; Segment = "*" | "**" | Literal |
/// "{" FieldPath ["=" Segments] "}"</c>. Where implementations differ, this takes the smaller language, except that literals may follow <c>**</c>,
/// as everywhere else.
/// </summary>
internal sealed partial class PathTemplateParser(string text)
{
    // What RFC 3986 lets a segment have, without ':', '=', '*' and braces, which mean something here.
    private static readonly SearchValues<char> OfLiterals =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()+,;@%");

    private readonly List<TemplateSegment> _segments = [];
    private readonly List<TemplateVariable> _variables = [];
    private int _position;

    public PathTemplate Parse()
    {
        Take('/');
        ParseSegments(insideVariable: false);
        var verb = TryTake(':') ? ParseLiteral() : null;
        if (_position < text.Length)
            throw Wrong($"unexpected '{text[_position]}'");
        CheckAny();
        if (_variables.GroupBy(variable => string.Join('.', variable.Field), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Wrong($"the variable {twice.Key} is there twice");
        return new PathTemplate(text, _segments, _variables, verb);
    }

    private void ParseSegments(bool insideVariable)
    {
        do
        {
            if (TryTake('{'))
                ParseVariable(insideVariable);
            else if (TryTake('*'))
                _segments.Add(TryTake('*') ? new(SegmentKind.Any, "**") : new(SegmentKind.One, "*"));
            else
                _segments.Add(new(SegmentKind.Literal, ParseLiteral()));
        }
        while (TryTake('/'));
    }

    private void ParseVariable(bool insideVariable)
    {
        if (insideVariable)
            throw Wrong("a variable inside a variable");
        var start = _segments.Count;
        var field = ParseField();
        if (TryTake('='))
            ParseSegments(insideVariable: true);
        else
            _segments.Add(new(SegmentKind.One, "*"));
        Take('}');
        var spans = _segments.Count - start > 1 || _segments[start].Kind == SegmentKind.Any;
        _variables.Add(new TemplateVariable(field, start, _segments.Count, spans));
    }

    private string[] ParseField()
    {
        var end = text.AsSpan(_position).IndexOfAny('=', '}');
        var field = end < 0 ? "" : text.Substring(_position, end);
        if (!FieldForm().IsMatch(field))
            throw Wrong("a variable is the name of a field, as in {delegation_id}");
        _position += end;
        return field.Split('.');
    }

    private string ParseLiteral()
    {
        var length = text.AsSpan(_position).IndexOfAnyExcept(OfLiterals);
        var literal = length < 0 ? text[_position..] : text.Substring(_position, length);
        if (literal.Length == 0)
            throw Wrong(_position < text.Length ? $"unexpected '{text[_position]}'" : "it ends too early");
        // Clients resolve dot segments before they send a path.
        if (literal is "." or ".." || PathText.Decode(literal, keepReserved: false) is null)
            throw Wrong($"'{literal}' cannot be sent");
        _position += literal.Length;
        return literal;
    }

    private void CheckAny()
    {
        var first = _segments.FindIndex(segment => segment.Kind == SegmentKind.Any);
        if (first >= 0 && _segments.Skip(first + 1).Any(segment => segment.Kind != SegmentKind.Literal))
            throw Wrong("only literals can follow **");
    }

    private bool TryTake(char expected)
    {
        if (_position >= text.Length || text[_position] != expected)
            return false;
        _position++;
        return true;
    }

    private void Take(char expected)
    {
        if (!TryTake(expected))
            throw Wrong($"'{expected}' expected");
    }

    private FormatException Wrong(string why) => new($"'{text}' is no path template: {why} (character {_position + 1}).");

    [GeneratedRegex(@"\A[a-zA-Z_][a-zA-Z0-9_]*(\.[a-zA-Z_][a-zA-Z0-9_]*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex FieldForm();
}
