namespace Delegation.Gateway.Rest.Routing;

/// <summary>What a segment of a template takes.</summary>
internal enum SegmentKind
{
    /// <summary>Exactly its own text.</summary>
    Literal,

    /// <summary>Any one segment: <c>*</c>.</summary>
    One,

    /// <summary>Any number of segments, none too: <c>**</c>.</summary>
    Any,
}

/// <summary>A part of a template between two slashes.</summary>
/// <param name="Kind">What it takes.</param>
/// <param name="Text">The text of a literal; <c>*</c> or <c>**</c> of the others.</param>
internal sealed record TemplateSegment(SegmentKind Kind, string Text);

/// <summary>A variable of a template: a field of the request that the path gives.</summary>
/// <param name="Field">Names from the request message to the field, as in the contract: <c>["book", "name"]</c>.</param>
/// <param name="Start">Its first segment.</param>
/// <param name="End">The segment after its last.</param>
/// <param name="SpansSegments">It may have slashes of its own; what is decoded then is less, see <see cref="PathText"/>.</param>
internal sealed record TemplateVariable(IReadOnlyList<string> Field, int Start, int End, bool SpansSegments);

/// <summary>
/// A path template of <c>google.api.http</c>, read: https://github.com/googleapis/googleapis/blob/master/google/api/http.proto
/// </summary>
/// <param name="Text">As the contract writes it.</param>
/// <param name="Segments">Its segments, variables dissolved.</param>
/// <param name="Variables">Its variables, from left to right.</param>
/// <param name="Verb">The custom verb after the last colon; null for none.</param>
internal sealed record PathTemplate(
    string Text, IReadOnlyList<TemplateSegment> Segments, IReadOnlyList<TemplateVariable> Variables, string? Verb)
{
    private readonly int _any = Segments.TakeWhile(segment => segment.Kind != SegmentKind.Any).Count();

    private bool HasAny => _any < Segments.Count;

    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static PathTemplate Parse(string text) => new PathTemplateParser(text).Parse();

    /// <summary>The raw text of each variable in a path that fits, else null.</summary>
    /// <param name="path">The segments of the raw path; none of them is empty.</param>
    public string[]? Match(ReadOnlySpan<string> path)
    {
        // How many segments the path has more than the template: what `**` takes beyond one.
        var more = path.Length - Segments.Count;
        if (HasAny ? more < -1 : more != 0)
            return null;

        for (var i = 0; i < Segments.Count; i++)
        {
            var segment = Segments[i];
            if (segment.Kind == SegmentKind.Literal && segment.Text != path[i > _any ? i + more : i])
                return null;
        }

        var values = new string[Variables.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var variable = Variables[i];
            values[i] = string.Join('/', path[(variable.Start > _any ? variable.Start + more : variable.Start)..(variable.End > _any ? variable.End + more : variable.End)]);
        }

        return values;
    }
}
