using System.Buffers;
using System.Globalization;
using System.Text;
using Delegation.Reporting.Imports.Kinds;

namespace Delegation.Reporting.Imports;

/// <summary>Reads what the lines of a file tell, each for itself, and tells all that is wrong with one at once.</summary>
internal sealed class LineReader(ImportKind kind, ColumnPlan plan, Period period)
{
    private const int LongestText = 64;
    private const int LongestCell = 500;

    private readonly ReadLine _line = new(kind);
    private readonly ImportField[] _fields = [.. kind.Fields];
    private readonly int[] _columns = [.. plan.Columns];
    private readonly int _reference = kind.Reference;
    private readonly Codebook?[] _codebooks = [.. plan.Codes.Select(codes => codes is null ? null : new Codebook(codes))];
    private readonly byte[]?[] _defaults = [.. kind.Fields.Select(field => field.Default is null ? null : Encoding.UTF8.GetBytes(field.Default))];
    private readonly int[] _money = [.. kind.Money];
    private readonly int[] _key = [.. kind.Key.Select(kind.PlaceOf)];
    private readonly int _periodPlace = kind.PeriodField is { } field ? kind.PlaceOf(field) : -1;
    private readonly int _firstDay = kind.FirstDay(period).DayNumber;
    // The last text of each field that was found right: most columns say the same again and again.
    private readonly ArrayBufferWriter<byte>[] _right = [.. kind.Fields.Select(_ => new ArrayBufferWriter<byte>(LongestText))];
    private readonly ArrayBufferWriter<byte> _composed = new();
    private readonly ArrayBufferWriter<byte> _last = new();

    /// <summary>Cents of each field of money that were read, of accepted and rejected lines, in the order of the kind.</summary>
    public long[] Totals { get; } = new long[kind.Money.Count];

    /// <summary>The same of lines that are right.</summary>
    public long[] AcceptedTotals { get; } = new long[kind.Money.Count];

    /// <summary>How many lines are right.</summary>
    public long AcceptedLines { get; private set; }

    /// <summary>Whether each accepted line had a greater reference than the one before it, so that none is there twice.</summary>
    public bool IsAscending { get; private set; } = true;

    /// <summary>Reads a line. What it answers is overwritten by the next one.</summary>
    public ReadLine Read(CsvReader record)
    {
        _line.Clear(record.Line);
        if (record.QuotesMalformed)
            _line.Fault("line", "QUOTES_MALFORMED");
        if (record.Count != plan.Headers.Count)
            _line.Fault("line", record.Count < plan.Headers.Count ? "CELLS_MISSING" : "CELLS_TOO_MANY");
        for (var place = 0; place < _fields.Length; place++)
            ReadField(place, _columns[place] is >= 0 and var column && column < record.Count ? record.Memory(column) : default);

        _line.Reference = _reference >= 0 ? _line[_reference].Text : Composed();
        if (_periodPlace >= 0 && _line.Number(_periodPlace) is { } day && (day < _firstDay || day > period.End.DayNumber))
            _line.Fault(kind.PeriodField!.Name, $"{kind.PeriodField.Upper}_OUTSIDE_PERIOD");
        kind.Rule(_line, period);
        var isAccepted = _line.IsAccepted;
        for (var place = 0; place < _money.Length; place++)
        {
            var amount = _line.Number(_money[place]) ?? 0;
            Totals[place] += amount;
            AcceptedTotals[place] += isAccepted ? amount : 0;
        }

        if (isAccepted)
            Follow(_line.Reference!.Value.Span);
        else
            _line.Cells = [.. plan.Mapped(record).Select(Kept)];
        return _line;
    }

    /// <summary>A cell as it may be kept of a line that is rejected.</summary>
    private static string Kept(string cell) => PersonalData.OfValue(cell) is not null ? "***" : cell.Length <= LongestCell ? cell.Replace('\0', ' ') : $"{cell.AsSpan(0, LongestCell)}…".Replace('\0', ' ');

    private void Follow(ReadOnlySpan<byte> reference)
    {
        AcceptedLines++;
        if (!IsAscending)
            return;

        IsAscending = _last.WrittenSpan.SequenceCompareTo(reference) < 0;
        _last.ResetWrittenCount();
        _last.Write(reference);
    }

    private void ReadField(int place, ReadOnlyMemory<byte> cell)
    {
        var field = _fields[place];
        ref var value = ref _line[place];
        var trimmed = Blanks.Trim(cell);
        var text = trimmed.Span;
        value.IsGiven = text.Length > 0;
        if (text.IsEmpty)
        {
            if (field.IsRequired)
                _line.Fault(field.Name, $"{field.Upper}_REQUIRED");
            else if (_defaults[place] is { } otherwise)
                value.Text = otherwise;
            else if (!field.IsNullable)
                value.HasNumber = true;
            return;
        }

        var fault = field.Type switch
        {
            FieldType.Text => TextFault(place, trimmed, ref value),
            FieldType.Code => Code(place, text, ref value) ? null : "UNKNOWN",
            FieldType.YesNo => YesNo(place, text, ref value) ? null : "UNKNOWN",
            FieldType.Money => (value.HasNumber = Amounts.TryReadCents(text, out value.Number)) ? null : "MALFORMED",
            FieldType.Count => (value.HasNumber = Amounts.TryReadCount(text, out value.Number)) ? null : "MALFORMED",
            FieldType.Number => Decimal(text, ref value) ? null : "MALFORMED",
            FieldType.Month => (value.HasNumber = DayAndTime.TryReadMonth(text, out value.Number)) ? null : "MALFORMED",
            _ => Instant(text, ref value) ? null : "MALFORMED",
        };
        if (fault is null && field.IsPositive && value.HasNumber && value.Number < 0)
            fault = "NEGATIVE";
        if (fault is not null)
            _line.Fault(field.Name, $"{field.Upper}_{fault}");
    }

    private string? TextFault(int place, ReadOnlyMemory<byte> text, ref ReadLine.Value value)
    {
        if (!_right[place].WrittenSpan.SequenceEqual(text.Span))
        {
            if (FaultOf(text.Span, isReference: place == _reference) is { } fault)
                return fault;
            _right[place].ResetWrittenCount();
            _right[place].Write(text.Span);
        }

        value.Text = text;
        return null;
    }

    private static string? FaultOf(ReadOnlySpan<byte> text, bool isReference)
    {
        var isPlain = text.Length <= LongestText && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        var characters = isPlain ? "" : Encoding.UTF8.GetString(text);
        if (characters.Length > LongestText)
            return "TOO_LONG";
        if (characters.Any(IsInvisible))
            return "INVISIBLE_CHARACTER";
        return isReference && PersonalData.OfValue(text) is { Certain: true } or { Kind: PersonalKind.Name } ? "PERSONAL" : null;
    }

    private static bool IsInvisible(char character) =>
        char.IsControl(character) || char.IsSurrogate(character) || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private bool Code(int place, ReadOnlySpan<byte> text, ref ReadLine.Value value)
    {
        if (_codebooks[place]!.Find(text) is not { } code)
            return false;
        value.Text = code;
        return true;
    }

    private bool YesNo(int place, ReadOnlySpan<byte> text, ref ReadLine.Value value)
    {
        value.HasNumber = Code(place, text, ref value);
        value.Number = value.Text?.Length == "yes".Length ? 1 : 0;
        return value.HasNumber;
    }

    private static bool Decimal(ReadOnlySpan<byte> text, ref ReadLine.Value value)
    {
        value.HasNumber = double.TryParse(Encoding.UTF8.GetString(text).Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value.Decimal)
            && Math.Abs(value.Decimal) < int.MaxValue;
        value.Number = value.HasNumber ? (long)Math.Floor(value.Decimal) : 0;
        return value.HasNumber;
    }

    private static bool Instant(ReadOnlySpan<byte> text, ref ReadLine.Value value)
    {
        if (!DayAndTime.TryRead(text, out var read))
            return false;
        (value.HasNumber, value.Number, value.Ticks) = (true, read.Day.DayNumber, read.Time?.Ticks);
        return true;
    }

    // The codes that stand for a reference; null where one of them cannot be read.
    private ReadOnlyMemory<byte>? Composed()
    {
        _composed.ResetWrittenCount();
        foreach (var place in _key)
        {
            ref var value = ref _line[place];
            if (value.Text is { } text)
                _composed.Write(text.Span);
            else if (value.HasNumber && _fields[place].Type is FieldType.Day or FieldType.Month)
                _composed.Write(Encoding.UTF8.GetBytes(DateOnly.FromDayNumber((int)value.Number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            else
                return null;
            _composed.Write("|"u8);
        }

        return _composed.WrittenMemory[..^1];
    }
}
