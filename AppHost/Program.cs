using Delegation.AppHost;

// The whole system. Each call is one decision; README.md beside this file is the table of what results.
var builder = DistributedApplication.CreateBuilder(args);

var postgres = builder.AddPlatformPostgres();
var redis = builder.AddPlatformRedis();
var issuer = builder.AddPlatformIssuer();

var contractsDatabase = postgres.AddServiceDatabase("contracts");
var deliveryDatabase = postgres.AddServiceDatabase("delivery");
var reportingDatabase = postgres.AddServiceDatabase("reporting");
var watchDatabase = postgres.AddServiceDatabase("watch");
var migrator = builder.AddMigrator(postgres, contractsDatabase, deliveryDatabase, reportingDatabase, watchDatabase);

var contracts = builder.AddPlatformService<Projects.Contracts>("contracts", contractsDatabase, migrator, issuer);
var delivery = builder.AddPlatformService<Projects.ProjectDelivery>("delivery", deliveryDatabase, migrator, issuer).WithReference(contracts);
var reporting = builder.AddPlatformService<Projects.Reporting>("reporting", reportingDatabase, migrator, issuer).WithReference(contracts);
var watch = builder.AddPlatformService<Projects.Watch>("watch", watchDatabase, migrator, issuer).WithReference(contracts);

builder.AddGateway(redis, issuer, contracts, delivery, reporting, watch);

builder.Build().Run();
