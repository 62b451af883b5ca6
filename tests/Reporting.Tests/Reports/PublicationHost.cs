using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Delegation.Reporting.Tests.Reports;

/// <summary>The service with reports of figures that tests choose.</summary>
public sealed class PublicationHost : ReportingHost
{
    /// <inheritdoc/>
    protected override void Prepare(IServiceCollection services)
    {
        services.RemoveAll<IReportBuilder>();
        services.AddSingleton<IReportBuilder>(new MadeUpReport(Report.Types.Kind.Technical));
        services.AddSingleton<IReportBuilder>(new MadeUpReport(Report.Types.Kind.Operational));
    }
}
