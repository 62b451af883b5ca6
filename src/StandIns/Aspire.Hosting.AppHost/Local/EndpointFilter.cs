using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>Chooses the endpoints that a project is told to listen on by ASPNETCORE_URLS.</summary>
internal sealed record EndpointFilter(Func<EndpointAnnotation, bool> Includes) : IResourceAnnotation;
