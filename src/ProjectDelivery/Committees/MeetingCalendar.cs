using System.Globalization;
using System.Text;
using State = Delegation.Delivery.V1.Meeting.Types.State;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>Writes meetings as an iCalendar object: https://www.rfc-editor.org/rfc/rfc5545.</summary>
internal static class MeetingCalendar
{
    // A content line has at most 75 octets, its end apart: section 3.1.
    private const int LongestLine = 75;

    public static string Write(IEnumerable<MeetingRow> meetings)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//Delegation Platform//Committees//EN");
        foreach (var meeting in meetings)
            Event(text, meeting);

        return Line(text, "END:VCALENDAR").ToString();
    }

    private static void Event(StringBuilder text, MeetingRow meeting)
    {
        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{meeting.Id}");
        Line(text, $"DTSTAMP:{Instant(meeting.UpdateTime)}");
        Line(text, $"DTSTART:{Instant(meeting.StartTime)}");
        Line(text, $"DTEND:{Instant(meeting.StartTime.AddMinutes(meeting.MinutesLong))}");
        Line(text, FormattableString.Invariant($"SEQUENCE:{meeting.Revision - 1}"));
        Line(text, $"STATUS:{(meeting.In == State.Cancelled ? "CANCELLED" : "CONFIRMED")}");
        Line(text, $"SUMMARY:{Escape(meeting.CommitteeName)}");
        if (meeting.Place.Length > 0)
            Line(text, $"LOCATION:{Escape(meeting.Place)}");
        if (meeting.Points.Length > 0)
            Line(text, $"DESCRIPTION:{Escape(meeting.Points)}");
        Line(text, "END:VEVENT");
    }

    private static string Instant(DateTime time) => time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    // Section 3.3.11.
    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\r\n", "\\n", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    // Folds between characters, never within one: a blank begins each further line.
    private static StringBuilder Line(StringBuilder text, string content)
    {
        var octets = 0;
        foreach (var character in content.EnumerateRunes())
        {
            if (octets + character.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(character.ToString());
            octets += character.Utf8SequenceLength;
        }

        return text.Append("\r\n");
    }
}
