using Delegation.Reporting.V1;

namespace Delegation.Reporting.Formats;

/// <summary>Makes files of published reports. Register each as a singleton of this type.</summary>
internal interface IReportFormat
{
    /// <summary>Which format it is.</summary>
    DownloadReportRequest.Types.Format Format { get; }

    /// <summary>Media type of its files.</summary>
    string ContentType { get; }

    /// <summary>How names of its files end, with the dot.</summary>
    string Ending { get; }

    /// <summary>The parts of the file; memory does not grow with the lines of the report.</summary>
    /// <param name="report">What it says.</param>
    /// <param name="language">Of titles: <c>fr</c> or <c>en</c>.</param>
    IAsyncEnumerable<byte[]> WriteAsync(PublishedReport report, string language);
}

/// <summary>All that formats know of a report.</summary>
/// <param name="Content">What it says.</param>
/// <param name="Version">As it was published.</param>
/// <param name="Lines">The lines of the table of a key, in their order; may be read more than once.</param>
internal sealed record PublishedReport(ReportContent Content, ReportVersion Version, Func<string, IAsyncEnumerable<ReportLine>> Lines);
